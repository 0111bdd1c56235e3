import type { ByteReader, ByteWriter } from '../binary/index.js';
import { constantCursor, passConstantExpression } from './constant-expression.js';
import type { DataSegments } from './model.js';

const PASSIVE = 1;
const EXPLICIT = 2;

/** Reads the data section. There may be a hundred thousand segments, so nothing is made of each. */
export function decodeDataSection(reader: ByteReader): DataSegments {
  const count = reader.count(2);
  const first = reader.position;
  const cursor = constantCursor(reader);
  for (let left = count; left > 0; left--) {
    const start = reader.position;
    const flags = reader.u32();
    if (flags > 2) throw reader.malformed(`malformed data segment: flags ${flags}`, start);
    if (flags === EXPLICIT) reader.u32();
    if (flags !== PASSIVE) passConstantExpression(reader, cursor);
    reader.skip(reader.u32());
  }
  return { count, bytes: reader.bytes.subarray(first, reader.position) };
}

export function encodeDataSection(writer: ByteWriter, { count, bytes }: DataSegments): void {
  writer.u32(count);
  writer.copyFrom(bytes);
}
