import type { ByteReader } from '../../binary/index.js';
import type { DefinedType, NamedType } from '../model.js';
import { primitiveFrom, readOptionalValType, readValType } from './val-type.js';

/** Types that the specification has not settled yet, refused by name. */
const UNSUPPORTED: Record<number, string> = {
  0x64: 'the type error-context',
};

/**
 * Reads a defined value type, of which the first byte was read already.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED
 */
export function readDefinedType(reader: ByteReader, form: number): DefinedType {
  const primitive = primitiveFrom(form);
  if (primitive !== undefined) return { kind: 'primitive', type: primitive };
  switch (form) {
    case 0x72:
      return { kind: 'record', fields: readNamedTypes(reader) };
    case 0x71:
      return { kind: 'variant', cases: reader.vector(() => readCase(reader), 3) };
    case 0x70:
      return { kind: 'list', element: readValType(reader) };
    case 0x6f:
      return { kind: 'tuple', elements: reader.vector(() => readValType(reader)) };
    case 0x6e:
      return { kind: 'flags', names: reader.vector(() => reader.name()) };
    case 0x6d:
      return { kind: 'enum', names: reader.vector(() => reader.name()) };
    case 0x6b:
      return { kind: 'option', some: readValType(reader) };
    case 0x6a: {
      const ok = readOptionalValType(reader);
      const err = readOptionalValType(reader);
      return { kind: 'result', ...(ok !== undefined && { ok }), ...(err !== undefined && { err }) };
    }
    case 0x69:
      return { kind: 'own', resource: reader.u32() };
    case 0x68:
      return { kind: 'borrow', resource: reader.u32() };
    case 0x66:
    case 0x65: {
      const element = readOptionalValType(reader);
      const kind = form === 0x66 ? 'stream' : 'future';
      return element === undefined ? { kind } : { kind, element };
    }
    case 0x67:
      return { kind: 'list', element: readValType(reader), length: reader.u32() };
    case 0x63:
      return { kind: 'map', key: readValType(reader), value: readValType(reader) };
    default: {
      const feature = UNSUPPORTED[form];
      if (feature !== undefined) throw reader.unsupported(feature, reader.position - 1);
      throw reader.leadingByte(form, 'component defined type');
    }
  }
}

/**
 * Reads the fields of a record or the parameters of a function.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED
 */
export function readNamedTypes(reader: ByteReader): NamedType[] {
  return reader.vector(() => ({ name: reader.name(), type: readValType(reader) }), 2);
}

function readCase(reader: ByteReader): { name: string; type?: NamedType['type'] } {
  const name = reader.name();
  const type = readOptionalValType(reader);
  reader.zero('zero byte required');
  return type === undefined ? { name } : { name, type };
}
