import type { ByteReader } from '../../binary/index.js';
import { decodeImportedItem, decodeRecursionGroup } from '../../module/index.js';
import { coreExternTypeFrom, coreFuncTypeFrom } from '../core/index.js';
import type { CoreModuleDeclaration, CoreType, CoreTypeDefinition } from '../model.js';

/**
 * Reads an entry of the core type section, or of a type declaration.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT
 */
export function readCoreType(reader: ByteReader): CoreTypeDefinition {
  const at = reader.offset;
  if (reader.peek() !== 0x50) return { kind: 'core-type', at, type: readFuncType(reader) };
  reader.byte();
  const declarations = reader.vector(() => readDeclaration(reader), 3);
  return { kind: 'core-type', at, type: { kind: 'module', declarations } };
}

function readFuncType(reader: ByteReader): CoreType {
  const position = reader.position;
  // A 0x00 in front marks a non-final GC type, which would otherwise read as a module type.
  if (reader.peek() === 0x00) {
    reader.byte();
    if (reader.peek() !== 0x50) throw reader.malformed('invalid leading byte for non-final sub type');
    throw reader.unsupported('the core type of the GC proposal', position);
  }
  const form = reader.peek();
  const [type] = decodeRecursionGroup(reader).types;
  if (form !== 0x60 || type?.composite.kind !== 'func') {
    throw reader.unsupported('the core type of the GC proposal', position);
  }
  return coreFuncTypeFrom(type.composite);
}

function readDeclaration(reader: ByteReader): CoreModuleDeclaration {
  const form = reader.byte();
  switch (form) {
    case 0x00:
      return {
        kind: 'import',
        module: reader.name(),
        name: reader.name(),
        type: coreExternTypeFrom(decodeImportedItem(reader)),
      };
    case 0x01:
      return { kind: 'type', type: readFuncType(reader) };
    case 0x02: {
      const sort = reader.byte();
      if (sort !== 0x10) throw reader.leadingByte(sort, 'outer alias kind');
      const target = reader.byte();
      if (target !== 0x01) throw reader.leadingByte(target, 'outer alias target');
      return { kind: 'alias', count: reader.u32(), index: reader.u32() };
    }
    case 0x03:
      return { kind: 'export', name: reader.name(), type: coreExternTypeFrom(decodeImportedItem(reader)) };
    default:
      throw reader.leadingByte(form, 'module type declaration');
  }
}
