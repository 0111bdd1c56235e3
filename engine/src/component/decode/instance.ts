import type { ByteReader } from '../../binary/index.js';
import type { InstanceDefinition } from '../model.js';
import { readExternName } from './extern-name.js';
import { readExternalSort } from './sort.js';

/**
 * Reads an entry of the instance section.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED
 */
export function readInstance(reader: ByteReader): InstanceDefinition {
  const at = reader.offset;
  const form = reader.byte();
  switch (form) {
    case 0x00: {
      const component = reader.u32();
      const args = reader.vector(
        () => ({ name: reader.name(), sort: readExternalSort(reader), index: reader.u32() }),
        3,
      );
      return { kind: 'instance', at, expression: { kind: 'instantiate', component, args } };
    }
    case 0x01: {
      const exports = reader.vector(
        () => ({ ...readExternName(reader), sort: readExternalSort(reader), index: reader.u32() }),
        4,
      );
      return { kind: 'instance', at, expression: { kind: 'exports', exports } };
    }
    default:
      throw reader.leadingByte(form, 'instance');
  }
}
