import type { ByteReader } from '../../binary/index.js';
import type { ExternName } from '../model.js';

/**
 * Reads the name of an import or export, with its attributes.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED
 */
export function readExternName(reader: ByteReader): ExternName {
  const form = reader.byte();
  // Encoders before 2024 wrote 1 in front of interface names; both mean a name without attributes.
  if (form === 0x00 || form === 0x01) return { name: reader.name() };
  if (form !== 0x02) throw reader.leadingByte(form, 'component name');
  const result: ExternName = { name: reader.name() };
  for (let left = reader.count(2); left > 0; left--) readAttribute(reader, result);
  return result;
}

function readAttribute(reader: ByteReader, result: ExternName): void {
  const position = reader.position;
  const attribute = reader.byte();
  switch (attribute) {
    case 0x00:
      if (result.implements !== undefined) {
        throw reader.malformed("duplicate 'implements' option in name", position);
      }
      result.implements = reader.name();
      return;
    case 0x01:
      throw reader.unsupported('the version suffix of a name', position);
    case 0x02:
      if (result.externalId !== undefined) {
        throw reader.malformed("duplicate 'external-id' option in name", position);
      }
      result.externalId = reader.name();
      return;
    default:
      throw reader.leadingByte(attribute, 'name option');
  }
}
