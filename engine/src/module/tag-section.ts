import type { ByteReader, ByteWriter } from '../binary/index.js';
import { decodeTag } from './import-section.js';

/** Reads the tag section: the type index of each defined tag. */
export function decodeTagSection(reader: ByteReader): number[] {
  return reader.vector(() => decodeTag(reader), 2);
}

export function encodeTagSection(writer: ByteWriter, tags: readonly number[]): void {
  writer.vector(tags, (type) => {
    writer.byte(0);
    writer.u32(type);
  });
}
