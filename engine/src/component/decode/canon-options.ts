import type { ByteReader } from '../../binary/index.js';
import type { CanonOption } from '../model.js';

/** More than there are options; duplicates are left for validation to name. */
const MAX_OPTIONS = 10;

/**
 * Reads the options of a canonical definition.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT
 */
export function readCanonOptions(reader: ByteReader): CanonOption[] {
  const options = reader.vector(() => readOption(reader));
  if (options.length > MAX_OPTIONS) throw reader.limit(`more than ${MAX_OPTIONS} canonical options`);
  return options;
}

function readOption(reader: ByteReader): CanonOption {
  const position = reader.position;
  const option = reader.byte();
  switch (option) {
    case 0x00:
      return { kind: 'utf8' };
    case 0x01:
      return { kind: 'utf16' };
    case 0x02:
      return { kind: 'latin1+utf16' };
    case 0x03:
      return { kind: 'memory', memory: reader.u32() };
    case 0x04:
      return { kind: 'realloc', func: reader.u32() };
    case 0x05:
      return { kind: 'post-return', func: reader.u32() };
    case 0x06:
      return { kind: 'async' };
    case 0x07:
      return { kind: 'callback', func: reader.u32() };
    case 0x08:
      throw reader.unsupported('the canonical option core-type', position);
    case 0x09:
      throw reader.unsupported('the canonical option gc', position);
    default:
      throw reader.leadingByte(option, 'canonical option');
  }
}
