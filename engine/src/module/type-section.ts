import type { ByteReader, ByteWriter } from '../binary/index.js';
import type { CompositeType, FieldType, RecursionGroup, SubType, ValueType } from './model.js';
import { decodeMutability, decodeValueType, encodeValueType } from './value-type.js';

const RECURSION = 0x4e;
const FINAL = 0x4f;
const OPEN = 0x50;
const ARRAY = 0x5e;
const CONTINUATION = 0x5d;
const SHARED = 0x65;
const STRUCT = 0x5f;
const FUNCTION = 0x60;
const PACKED_I16 = 0x77;
const PACKED_I8 = 0x78;

/** Parameters, and results, that a function may have: the limit that JavaScript engines share. */
const MAX_VALUES = 1000;

/** Reads the type section: recursion groups of function, struct and array types. */
export function decodeTypeSection(reader: ByteReader): RecursionGroup[] {
  return reader.vector(() => decodeRecursionGroup(reader));
}

/**
 * Reads one entry of the type section.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED; WP_MODULE_LIMIT for more than 1000 parameters or results
 */
export function decodeRecursionGroup(reader: ByteReader): RecursionGroup {
  if (reader.peek() !== RECURSION) return { explicit: false, types: [decodeSubType(reader)] };
  reader.byte();
  return { explicit: true, types: reader.vector(() => decodeSubType(reader)) };
}

function decodeSubType(reader: ByteReader): SubType {
  const code = reader.peek();
  if (code !== FINAL && code !== OPEN)
    return { form: 'plain', supertypes: [], composite: decodeComposite(reader) };
  reader.byte();
  const supertypes = reader.vector(() => reader.u32());
  return { form: code === FINAL ? 'final' : 'open', supertypes, composite: decodeComposite(reader) };
}

function decodeComposite(reader: ByteReader): CompositeType {
  const start = reader.position;
  const code = reader.byte();
  if (code === FUNCTION) return { kind: 'func', params: decodeValues(reader), results: decodeValues(reader) };
  if (code === STRUCT) return { kind: 'struct', fields: reader.vector(() => decodeField(reader), 2) };
  if (code === ARRAY) return { kind: 'array', element: decodeField(reader) };
  if (code === CONTINUATION) throw reader.unsupported('stack switching (a continuation type)', start);
  if (code === SHARED) throw reader.unsupported('shared-everything threads (a shared type)', start);
  throw reader.leadingByte(code, 'type');
}

function decodeValues(reader: ByteReader): ValueType[] {
  const values = reader.vector(() => decodeValueType(reader));
  if (values.length > MAX_VALUES) throw reader.limit(`more than ${MAX_VALUES} parameters or results`);
  return values;
}

function decodeField(reader: ByteReader): FieldType {
  const code = reader.peek();
  let storage: ValueType;
  if (code === PACKED_I8 || code === PACKED_I16) storage = reader.byte();
  else storage = decodeValueType(reader);
  return { storage, mutable: decodeMutability(reader) };
}

export function encodeTypeSection(writer: ByteWriter, groups: readonly RecursionGroup[]): void {
  writer.vector(groups, (group) => {
    if (group.explicit) {
      writer.byte(RECURSION);
      writer.u32(group.types.length);
    }
    for (const type of group.types) encodeSubType(writer, type);
  });
}

function encodeSubType(writer: ByteWriter, type: SubType): void {
  if (type.form !== 'plain') {
    writer.byte(type.form === 'final' ? FINAL : OPEN);
    writer.vector(type.supertypes, (index) => writer.u32(index));
  }
  const { composite } = type;
  if (composite.kind === 'func') {
    writer.byte(FUNCTION);
    writer.vector(composite.params, (value) => encodeValueType(writer, value));
    writer.vector(composite.results, (value) => encodeValueType(writer, value));
  } else if (composite.kind === 'struct') {
    writer.byte(STRUCT);
    writer.vector(composite.fields, (field) => encodeField(writer, field));
  } else {
    writer.byte(ARRAY);
    encodeField(writer, composite.element);
  }
}

function encodeField(writer: ByteWriter, field: FieldType): void {
  encodeValueType(writer, field.storage);
  writer.byte(field.mutable ? 1 : 0);
}
