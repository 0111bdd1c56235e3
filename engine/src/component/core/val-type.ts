import type { ByteReader } from '../../binary/index.js';

const NUMBERS: Record<number, string> = { 0x7f: 'i32', 0x7e: 'i64', 0x7d: 'f32', 0x7c: 'f64', 0x7b: 'v128' };

const ABSTRACT_HEAP_TYPES: Record<number, string> = {
  0x75: 'nocont',
  0x74: 'noexn',
  0x73: 'nofunc',
  0x72: 'noextern',
  0x71: 'none',
  0x70: 'func',
  0x6f: 'extern',
  0x6e: 'any',
  0x6d: 'eq',
  0x6c: 'i31',
  0x6b: 'struct',
  0x6a: 'array',
  0x69: 'exn',
  0x68: 'cont',
};

/**
 * Reads a core value type and returns it as the specification writes it, shorthands written out: `i32`,
 * `(ref null func)`, `(ref 3)`.
 * @throws {ModuleError} WP_MODULE_MALFORMED
 */
export function readCoreValType(reader: ByteReader): string {
  const byte = reader.byte();
  const number = NUMBERS[byte];
  if (number !== undefined) return number;
  return readRef(reader, byte, 'core value type');
}

/**
 * Reads a core reference type.
 * @throws {ModuleError} WP_MODULE_MALFORMED
 */
export function readCoreRefType(reader: ByteReader): string {
  return readRef(reader, reader.byte(), 'core reference type');
}

/**
 * Reads a core heap type: an abstract one by name, or a type index.
 * @throws {ModuleError} WP_MODULE_MALFORMED
 */
export function readCoreHeapType(reader: ByteReader): string {
  const position = reader.position;
  const abstract = ABSTRACT_HEAP_TYPES[reader.peek()];
  if (abstract !== undefined) {
    reader.byte();
    return abstract;
  }
  if (reader.peek() === 0x65) throw reader.unsupported('shared-everything threads (a shared type)', position);
  const index = reader.s33();
  if (index < 0) throw reader.malformed('invalid core heap type', position);
  return String(index);
}

/** Tells whether a core value type, as read above, names a type by its index in its own module. */
export function isConcreteReference(type: string): boolean {
  return /\d\)$/.test(type);
}

function readRef(reader: ByteReader, byte: number, what: string): string {
  if (byte === 0x64) return `(ref ${readCoreHeapType(reader)})`;
  if (byte === 0x63) return `(ref null ${readCoreHeapType(reader)})`;
  if (byte === 0x65)
    throw reader.unsupported('shared-everything threads (a shared type)', reader.position - 1);
  const abstract = ABSTRACT_HEAP_TYPES[byte];
  if (abstract === undefined) throw reader.leadingByte(byte, what);
  return `(ref null ${abstract})`;
}
