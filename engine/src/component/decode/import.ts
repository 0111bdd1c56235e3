import type { ByteReader } from '../../binary/index.js';
import type { ImportDefinition } from '../model.js';
import { readExternDesc } from './extern-desc.js';
import { readExternName } from './extern-name.js';

/**
 * Reads an entry of the import section.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED
 */
export function readImport(reader: ByteReader): ImportDefinition {
  return { kind: 'import', at: reader.offset, ...readExternName(reader), desc: readExternDesc(reader) };
}
