import type { ByteReader, ByteWriter } from '../binary/index.js';
import { EXPORT_KINDS, type Export } from './model.js';

/** Reads the export section. */
export function decodeExportSection(reader: ByteReader): Export[] {
  return reader.vector(() => {
    const name = reader.name();
    const code = reader.byte();
    const kind = EXPORT_KINDS[code];
    if (kind === undefined) throw reader.leadingByte(code, 'external kind');
    return { name, kind, index: reader.u32() };
  }, 3);
}

export function encodeExportSection(writer: ByteWriter, exports: readonly Export[]): void {
  writer.vector(exports, ({ name, kind, index }) => {
    writer.name(name);
    writer.byte(EXPORT_KINDS.indexOf(kind));
    writer.u32(index);
  });
}
