import type { ByteReader } from '../../binary/index.js';
import type { AliasDefinition } from '../model.js';
import { coreExternalSort, externalSort, outerSort, readSortBytes } from './sort.js';

/**
 * Reads an entry of the alias section.
 * @throws {ModuleError} WP_MODULE_MALFORMED
 */
export function readAlias(reader: ByteReader): AliasDefinition {
  const at = reader.offset;
  const bytes = readSortBytes(reader);
  const form = reader.byte();
  switch (form) {
    case 0x00: {
      const sort = externalSort(reader, bytes);
      return {
        kind: 'alias',
        at,
        sort,
        target: { kind: 'export', instance: reader.u32(), name: reader.name() },
      };
    }
    case 0x01: {
      if (bytes.second === undefined) throw reader.leadingByte(bytes.first, 'core instance export kind');
      const sort = coreExternalSort(reader, bytes.second);
      const target = { kind: 'core-export', instance: reader.u32(), name: reader.name() } as const;
      return { kind: 'alias', at, sort, target };
    }
    case 0x02: {
      const sort = outerSort(reader, bytes);
      return { kind: 'alias', at, sort, target: { kind: 'outer', count: reader.u32(), index: reader.u32() } };
    }
    default:
      throw reader.leadingByte(form, 'alias');
  }
}
