import type { ByteReader } from '../../binary/index.js';
import type { ExternDesc } from '../model.js';
import { readExternalSort } from './sort.js';

/**
 * Reads the type of an import or export.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED
 */
export function readExternDesc(reader: ByteReader): ExternDesc {
  const position = reader.position;
  const sort = readExternalSort(reader);
  switch (sort) {
    case 'value':
      throw reader.unsupported('the import or export of a value', position);
    case 'type':
      return readTypeBound(reader);
    case 'core-module':
    case 'func':
    case 'component':
    case 'instance':
      return { kind: sort, type: reader.u32() };
    default:
      throw reader.malformed('invalid component external kind', position);
  }
}

function readTypeBound(reader: ByteReader): ExternDesc {
  const bound = reader.byte();
  if (bound === 0x00) return { kind: 'type-eq', type: reader.u32() };
  if (bound === 0x01) return { kind: 'type-sub-resource' };
  throw reader.leadingByte(bound, 'type bound');
}
