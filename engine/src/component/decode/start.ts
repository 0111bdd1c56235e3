import type { ByteReader } from '../../binary/index.js';
import type { StartDefinition } from '../model.js';

/**
 * Reads the start section.
 * @throws {ModuleError} WP_MODULE_MALFORMED
 */
export function readStart(reader: ByteReader): StartDefinition {
  return {
    kind: 'start',
    at: reader.offset,
    func: reader.u32(),
    args: reader.vector(() => reader.u32()),
    results: reader.u32(),
  };
}
