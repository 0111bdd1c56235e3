import type { ByteReader, ByteWriter } from '../binary/index.js';
import { decodeConstantExpression } from './constant-expression.js';
import type { DataSegment } from './model.js';

const PASSIVE = 1;
const EXPLICIT = 2;

/** Reads the data section. The bytes of the segments are views. */
export function decodeDataSection(reader: ByteReader): DataSegment[] {
  return reader.vector(() => {
    const start = reader.position;
    const flags = reader.u32();
    if (flags > 2) throw reader.malformed(`malformed data segment: flags ${flags}`, start);
    const memory = flags === EXPLICIT ? reader.u32() : undefined;
    const offset = flags === PASSIVE ? undefined : decodeConstantExpression(reader);
    return { flags, memory, offset, bytes: reader.take(reader.u32()) };
  }, 2);
}

export function encodeDataSection(writer: ByteWriter, segments: readonly DataSegment[]): void {
  writer.vector(segments, ({ flags, memory, offset, bytes }) => {
    writer.u32(flags);
    if (memory !== undefined) writer.u32(memory);
    if (offset !== undefined) writer.copyFrom(offset);
    writer.sized(bytes);
  });
}
