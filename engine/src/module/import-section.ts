import type { ByteReader, ByteWriter } from '../binary/index.js';
import type { Import, ImportedItem } from './model.js';
import {
  decodeGlobalType,
  decodeSizeLimits,
  decodeTableType,
  encodeGlobalType,
  encodeSizeLimits,
  encodeTableType,
} from './value-type.js';

/** Reads the import section. */
export function decodeImportSection(reader: ByteReader): Import[] {
  return reader.vector(() => {
    const module = reader.name();
    const name = reader.name();
    return { module, name, item: decodeImportedItem(reader) };
  }, 4);
}

/** Reads the type of something that is imported. */
export function decodeImportedItem(reader: ByteReader): ImportedItem {
  const code = reader.byte();
  switch (code) {
    case 0:
      return { kind: 'func', type: reader.u32() };
    case 1:
      return { kind: 'table', table: decodeTableType(reader) };
    case 2:
      return { kind: 'memory', limits: decodeSizeLimits(reader) };
    case 3:
      return { kind: 'global', global: decodeGlobalType(reader) };
    case 4:
      return { kind: 'tag', type: decodeTag(reader) };
    default:
      throw reader.leadingByte(code, 'external kind');
  }
}

/** Reads a tag's attribute, which must be 0, and returns its type index. */
export function decodeTag(reader: ByteReader): number {
  reader.zero('tag attribute');
  return reader.u32();
}

export function encodeImportSection(writer: ByteWriter, imports: readonly Import[]): void {
  writer.vector(imports, ({ module, name, item }) => {
    writer.name(module);
    writer.name(name);
    switch (item.kind) {
      case 'func':
        writer.byte(0);
        writer.u32(item.type);
        break;
      case 'table':
        writer.byte(1);
        encodeTableType(writer, item.table);
        break;
      case 'memory':
        writer.byte(2);
        encodeSizeLimits(writer, item.limits);
        break;
      case 'global':
        writer.byte(3);
        encodeGlobalType(writer, item.global);
        break;
      case 'tag':
        writer.byte(4);
        writer.byte(0);
        writer.u32(item.type);
        break;
    }
  });
}
