import type { ByteReader } from '../../binary/index.js';
import type { ExportDefinition } from '../model.js';
import { readExternDesc } from './extern-desc.js';
import { readExternName } from './extern-name.js';
import { readExternalSort } from './sort.js';

/**
 * Reads an entry of the export section.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED
 */
export function readExport(reader: ByteReader): ExportDefinition {
  const at = reader.offset;
  const name = readExternName(reader);
  const item = { sort: readExternalSort(reader), index: reader.u32() };
  const ascribed = reader.byte();
  if (ascribed === 0x00) return { kind: 'export', at, ...name, item };
  if (ascribed !== 0x01) throw reader.leadingByte(ascribed, 'optional component export type');
  return { kind: 'export', at, ...name, item, desc: readExternDesc(reader) };
}
