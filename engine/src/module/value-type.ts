import type { ByteReader, ByteWriter } from '../binary/index.js';
import type { SizeLimits, TableType, ValueType, GlobalType } from './model.js';

/** Codes of the types the rewriter makes use of. */
export const TYPE_I32 = 0x7f;
export const TYPE_I64 = 0x7e;
export const TYPE_F32 = 0x7d;
export const TYPE_F64 = 0x7c;
export const TYPE_FUNCREF = 0x70;

const NUMBER_OR_VECTOR_FROM = 0x7b;
const ABSTRACT_HEAP_FROM = 0x69;
const ABSTRACT_HEAP_TO = 0x74;

/** The byte in front of a type that threads share. */
const SHARED_TYPE = 0x65;
const CONTINUATIONS = [0x68, 0x75];

/** Reads a value type. */
export function decodeValueType(reader: ByteReader): ValueType {
  const code = reader.byte();
  if (code === 0x63 || code === 0x64) return { nullable: code === 0x63, heap: decodeHeapType(reader) };
  if (code >= NUMBER_OR_VECTOR_FROM && code <= TYPE_I32) return code;
  if (code >= ABSTRACT_HEAP_FROM && code <= ABSTRACT_HEAP_TO) return code;
  refuseByName(reader, code);
  throw reader.leadingByte(code, 'value type');
}

/** Reads a reference type. */
export function decodeReferenceType(reader: ByteReader): ValueType {
  const start = reader.position;
  const type = decodeValueType(reader);
  if (typeof type === 'number' && type >= NUMBER_OR_VECTOR_FROM) {
    throw reader.malformed('malformed reference type', start);
  }
  return type;
}

function decodeHeapType(reader: ByteReader): number {
  const start = reader.position;
  const heap = reader.s33();
  if (heap >= 0) return heap;
  const code = heap + 128;
  if (code >= ABSTRACT_HEAP_FROM && code <= ABSTRACT_HEAP_TO) return heap;
  refuseByName(reader, code);
  throw reader.malformed('invalid heap type', start);
}

/** Refuses the types of proposals that no engine has yet. The byte was just read. */
function refuseByName(reader: ByteReader, code: number): void {
  const start = reader.position - 1;
  if (code === SHARED_TYPE) throw reader.unsupported('shared-everything threads (a shared type)', start);
  if (CONTINUATIONS.includes(code)) throw reader.unsupported('stack switching (a continuation type)', start);
}

export function encodeValueType(writer: ByteWriter, type: ValueType): void {
  if (typeof type === 'number') {
    writer.byte(type);
    return;
  }
  writer.byte(type.nullable ? 0x63 : 0x64);
  writer.signed(type.heap);
}

const HAS_MAXIMUM = 1;
const SHARED = 2;
const WIDE = 4;

/** Reads the size limits of a memory or table. */
export function decodeSizeLimits(reader: ByteReader): SizeLimits {
  const start = reader.position;
  const flags = reader.byte();
  if (flags > 7) throw reader.unsupported(`limits with flags 0x${flags.toString(16)}`, start);
  const wide = (flags & WIDE) !== 0;
  const size = () => (wide ? reader.u64() : BigInt(reader.u32()));
  const minimum = size();
  const maximum = flags & HAS_MAXIMUM ? size() : undefined;
  return { minimum, maximum, shared: (flags & SHARED) !== 0, wide };
}

export function encodeSizeLimits(writer: ByteWriter, limits: SizeLimits): void {
  const { minimum, maximum, shared, wide } = limits;
  writer.byte((maximum === undefined ? 0 : HAS_MAXIMUM) | (shared ? SHARED : 0) | (wide ? WIDE : 0));
  writer.u64(minimum);
  if (maximum !== undefined) writer.u64(maximum);
}

export function decodeTableType(reader: ByteReader): TableType {
  const reference = decodeReferenceType(reader);
  return { reference, limits: decodeSizeLimits(reader) };
}

export function encodeTableType(writer: ByteWriter, table: TableType): void {
  encodeValueType(writer, table.reference);
  encodeSizeLimits(writer, table.limits);
}

export function decodeGlobalType(reader: ByteReader): GlobalType {
  const value = decodeValueType(reader);
  return { value, mutable: decodeMutability(reader) };
}

export function encodeGlobalType(writer: ByteWriter, global: GlobalType): void {
  encodeValueType(writer, global.value);
  writer.byte(global.mutable ? 1 : 0);
}

/** Reads a mutability flag. */
export function decodeMutability(reader: ByteReader): boolean {
  const flag = reader.byte();
  if (flag === 2 || flag === 3)
    throw reader.unsupported('shared-everything threads (a shared global)', reader.position - 1);
  if (flag > 1) throw reader.leadingByte(flag, 'mutability');
  return flag === 1;
}
