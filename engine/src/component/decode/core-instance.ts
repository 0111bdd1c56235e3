import type { ByteReader } from '../../binary/index.js';
import type { CoreInstanceDefinition } from '../model.js';
import { readCoreExternalSort } from './sort.js';

/**
 * Reads an entry of the core instance section.
 * @throws {ModuleError} WP_MODULE_MALFORMED
 */
export function readCoreInstance(reader: ByteReader): CoreInstanceDefinition {
  const at = reader.offset;
  const form = reader.byte();
  switch (form) {
    case 0x00: {
      const module = reader.u32();
      const args = reader.vector(() => readArgument(reader), 3);
      return { kind: 'core-instance', at, expression: { kind: 'instantiate', module, args } };
    }
    case 0x01: {
      const exports = reader.vector(
        () => ({ name: reader.name(), sort: readCoreExternalSort(reader), index: reader.u32() }),
        3,
      );
      return { kind: 'core-instance', at, expression: { kind: 'exports', exports } };
    }
    default:
      throw reader.leadingByte(form, 'core instance');
  }
}

function readArgument(reader: ByteReader): { name: string; instance: number } {
  const name = reader.name();
  const sort = reader.byte();
  if (sort !== 0x12) throw reader.leadingByte(sort, 'instantiation arg kind');
  return { name, instance: reader.u32() };
}
