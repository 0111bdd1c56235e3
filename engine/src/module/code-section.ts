import type { ByteReader, ByteWriter } from '../binary/index.js';
import type { Code } from './model.js';

/** Finds the function bodies of the code section. Their instructions are not read here. */
export function decodeCodeSection(reader: ByteReader): Code {
  const count = reader.count(2);
  const ranges = new Uint32Array(count * 2);
  for (let index = 0; index < count; index++) {
    const size = reader.u32();
    ranges[index * 2] = reader.position;
    reader.take(size);
    ranges[index * 2 + 1] = reader.position;
  }
  return { bytes: reader.bytes, ranges };
}

/** Writes the bodies and returns the offset each body got in the writer. */
export function encodeCodeSection(writer: ByteWriter, code: Code): Uint32Array {
  const count = code.ranges.length / 2;
  const offsets = new Uint32Array(count);
  writer.u32(count);
  for (let index = 0; index < count; index++) {
    const start = code.ranges[index * 2] as number;
    const end = code.ranges[index * 2 + 1] as number;
    writer.u32(end - start);
    offsets[index] = writer.length;
    writer.copyFrom(code.bytes, start, end);
  }
  return offsets;
}
