import type { ByteReader } from '../../binary/index.js';
import type { ValType } from '../model.js';
import { readValType } from './val-type.js';

/**
 * Reads the result of a function, which may have none.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED
 */
export function readResultList(reader: ByteReader): ValType | undefined {
  const form = reader.byte();
  if (form === 0x00) return readValType(reader);
  if (form !== 0x01) throw reader.leadingByte(form, 'component function results');
  // A vector of named results once stood here; only the empty one is left.
  reader.zero('number of results');
  return undefined;
}
