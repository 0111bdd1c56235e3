import { malformed, type ByteReader, type ByteWriter } from '../value/index.js';

/** Handles that each side has of the other one's, at most. */
export const MOST_HANDLES = 1_000_000;

/** The longest name of a handle, in bytes. */
const MOST_BYTES = 64;

/** Heap of a handle that is read, about, in bytes. */
const HEAP_BYTES = 300;

/** Writes a handle as wRPC does: a list of bytes that its implementer chooses, and that the other side does not read. */
export function writeHandle(writer: ByteWriter, bytes: Uint8Array): void {
  writer.unsigned(bytes.length);
  writer.bytes(bytes);
}

/** Reads a handle. @throws {PluginError} WP_BRIDGE it is too long */
export function readHandle(reader: ByteReader): Uint8Array {
  const start = reader.offset;
  const count = reader.count();
  if (count > MOST_BYTES)
    throw malformed(`a handle has ${count} bytes; at most ${MOST_BYTES} are taken`, start);
  reader.charge(HEAP_BYTES);
  return reader.bytes(count).slice();
}

/** Writes a handle of this side: its number as LEB128. */
export function writeNumber(writer: ByteWriter, number: number): void {
  let size = 1;
  for (let rest = number; rest > 0x7f; rest = Math.floor(rest / 128)) size++;
  writer.unsigned(size);
  writer.unsigned(number);
}

/** Reads the number of a handle of this side; 0, which is that of none, if it has no such form. */
export function readNumber(reader: ByteReader): number {
  const bytes = readHandle(reader);
  if (bytes.length === 0 || bytes.length > 7) return 0;
  return bytes.reduceRight((rest, byte) => rest * 128 + (byte & 0x7f), 0);
}

/** Returns a handle as a key of a set. */
export function keyOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Returns the error of a value that stands for no handle. */
export function unfit(path: string, wanted: string, found: string): TypeError {
  return new TypeError(`Cannot pass "${path}": it must be ${wanted}, it is ${found}`);
}
