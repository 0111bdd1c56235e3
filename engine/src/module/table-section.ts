import type { ByteReader, ByteWriter } from '../binary/index.js';
import { decodeConstantExpression } from './constant-expression.js';
import type { Table } from './model.js';
import { decodeTableType, encodeTableType } from './value-type.js';

const WITH_INITIAL = 0x40;

/** Reads the table section. */
export function decodeTableSection(reader: ByteReader): Table[] {
  return reader.vector(() => {
    if (reader.peek() !== WITH_INITIAL) return { ...decodeTableType(reader), initial: undefined };
    reader.byte();
    reader.zero('table');
    const type = decodeTableType(reader);
    return { ...type, initial: decodeConstantExpression(reader) };
  }, 3);
}

export function encodeTableSection(writer: ByteWriter, tables: readonly Table[]): void {
  writer.vector(tables, (table) => {
    if (table.initial !== undefined) {
      writer.byte(WITH_INITIAL);
      writer.byte(0);
    }
    encodeTableType(writer, table);
    if (table.initial !== undefined) writer.copyFrom(table.initial);
  });
}
