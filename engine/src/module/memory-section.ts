import type { ByteReader, ByteWriter } from '../binary/index.js';
import type { SizeLimits } from './model.js';
import { decodeSizeLimits, encodeSizeLimits } from './value-type.js';

/** Reads the memory section. */
export function decodeMemorySection(reader: ByteReader): SizeLimits[] {
  return reader.vector(() => decodeSizeLimits(reader), 2);
}

export function encodeMemorySection(writer: ByteWriter, memories: readonly SizeLimits[]): void {
  writer.vector(memories, (limits) => encodeSizeLimits(writer, limits));
}
