import type { ByteReader, ByteWriter } from '../binary/index.js';
import { decodeConstantExpression } from './constant-expression.js';
import type { Global } from './model.js';
import { decodeGlobalType, encodeGlobalType } from './value-type.js';

/** Reads the global section. */
export function decodeGlobalSection(reader: ByteReader): Global[] {
  return reader.vector(() => {
    const type = decodeGlobalType(reader);
    return { ...type, initial: decodeConstantExpression(reader) };
  }, 4);
}

export function encodeGlobalSection(writer: ByteWriter, globals: readonly Global[]): void {
  writer.vector(globals, (global) => {
    encodeGlobalType(writer, global);
    writer.copyFrom(global.initial);
  });
}
