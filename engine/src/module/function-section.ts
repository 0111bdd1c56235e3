import type { ByteReader, ByteWriter } from '../binary/index.js';

/** Reads the function section: the type index of each defined function. */
export function decodeFunctionSection(reader: ByteReader): number[] {
  return reader.vector(() => reader.u32());
}

export function encodeFunctionSection(writer: ByteWriter, functions: readonly number[]): void {
  writer.vector(functions, (type) => writer.u32(type));
}
