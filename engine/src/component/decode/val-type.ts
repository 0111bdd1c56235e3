import type { ByteReader } from '../../binary/index.js';
import type { PrimitiveType, ValType } from '../model.js';

const PRIMITIVES: Record<number, PrimitiveType> = {
  0x7f: 'bool',
  0x7e: 's8',
  0x7d: 'u8',
  0x7c: 's16',
  0x7b: 'u16',
  0x7a: 's32',
  0x79: 'u32',
  0x78: 's64',
  0x77: 'u64',
  0x76: 'f32',
  0x75: 'f64',
  0x74: 'char',
  0x73: 'string',
};

const ERROR_CONTEXT = 0x64;

/** Returns the primitive type that `byte` stands for. */
export function primitiveFrom(byte: number): PrimitiveType | undefined {
  return PRIMITIVES[byte];
}

/**
 * Reads a value type: a primitive or a type index.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED
 */
export function readValType(reader: ByteReader): ValType {
  const position = reader.position;
  const byte = reader.peek();
  const primitive = PRIMITIVES[byte];
  if (primitive !== undefined) {
    reader.byte();
    return primitive;
  }
  if (byte === ERROR_CONTEXT) throw reader.unsupported('the type error-context', position);
  const index = reader.s33();
  if (index < 0) {
    throw reader.malformed(
      `invalid leading byte (0x${byte.toString(16)}) for component value type`,
      position,
    );
  }
  return index;
}

/**
 * Reads a value type that may be absent.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED
 */
export function readOptionalValType(reader: ByteReader): ValType | undefined {
  const present = reader.byte();
  if (present > 1) throw reader.leadingByte(present, 'optional component value type');
  return present === 1 ? readValType(reader) : undefined;
}
