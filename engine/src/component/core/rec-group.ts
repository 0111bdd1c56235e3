import type { ByteReader } from '../../binary/index.js';
import type { CoreFuncType, CoreOtherType } from '../model.js';
import { readCoreValType } from './val-type.js';

/** Supertypes a type may declare: more than one is invalid anyway. */
const MAX_SUPERTYPES = 5;

/** Parameters, and results, a function may have: the limit that JavaScript engines share. */
const MAX_VALUES = 1000;

/**
 * Reads an entry of a core type section: one type, or the several of a recursion group.
 * @throws {ModuleError} WP_MODULE_MALFORMED
 */
export function readCoreRecGroup(reader: ByteReader): (CoreFuncType | CoreOtherType)[] {
  if (reader.peek() !== 0x4e) return [readSubType(reader)];
  reader.byte();
  return reader.vector(() => readSubType(reader));
}

function readSubType(reader: ByteReader): CoreFuncType | CoreOtherType {
  const form = reader.peek();
  if (form === 0x50 || form === 0x4f) {
    reader.byte();
    const supertypes = reader.vector(() => reader.u32());
    if (supertypes.length > MAX_SUPERTYPES) throw reader.limit(`more than ${MAX_SUPERTYPES} supertypes`);
  }
  return readCompositeType(reader);
}

function readCompositeType(reader: ByteReader): CoreFuncType | CoreOtherType {
  const form = reader.byte();
  switch (form) {
    case 0x60:
      return { kind: 'func', params: readValues(reader), results: readValues(reader) };
    case 0x5f:
      reader.vector(() => readFieldType(reader), 2);
      return { kind: 'struct' };
    case 0x5e:
      readFieldType(reader);
      return { kind: 'array' };
    case 0x5d:
      throw reader.unsupported('stack switching (a continuation type)', reader.position - 1);
    case 0x65:
      throw reader.unsupported('shared-everything threads (a shared type)', reader.position - 1);
    default:
      throw reader.leadingByte(form, 'core type');
  }
}

function readValues(reader: ByteReader): string[] {
  const values = reader.vector(() => readCoreValType(reader));
  if (values.length > MAX_VALUES) throw reader.limit(`more than ${MAX_VALUES} parameters or results`);
  return values;
}

function readFieldType(reader: ByteReader): void {
  const storage = reader.peek();
  // i8 and i16 are no value types: they only stand in fields.
  if (storage === 0x78 || storage === 0x77) reader.byte();
  else readCoreValType(reader);
  const mutable = reader.byte();
  if (mutable > 1) throw reader.leadingByte(mutable, 'core field mutability');
}
