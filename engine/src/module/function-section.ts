import type { ByteReader, ByteWriter } from '../binary/index.js';

/** Reads a vector of indices. Not by a function for each: there are many thousands. */
export function decodeIndices(reader: ByteReader): number[] {
  const indices: number[] = [];
  for (let left = reader.count(); left > 0; left--) indices.push(reader.u32());
  return indices;
}

/** Reads the function section: the type index of each defined function. */
export function decodeFunctionSection(reader: ByteReader): number[] {
  return decodeIndices(reader);
}

export function encodeFunctionSection(writer: ByteWriter, functions: readonly number[]): void {
  writer.vector(functions, (type) => writer.u32(type));
}
