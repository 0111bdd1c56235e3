import type { ByteReader } from '../../binary/index.js';
import type { Declaration, FuncType, ResourceType, Type, TypeDefinition } from '../model.js';
import { readAlias } from './alias.js';
import { readCoreType } from './core-type.js';
import { readDefinedType, readNamedTypes } from './defined-type.js';
import { readExternDesc } from './extern-desc.js';
import { readExternName } from './extern-name.js';
import { deeper } from './depth.js';
import { readResultList } from './result-list.js';

/**
 * Reads an entry of the type section.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT
 */
export function readType(reader: ByteReader, depth: number): TypeDefinition {
  return { kind: 'type', at: reader.offset, type: readTypeBody(reader, depth) };
}

function readTypeBody(reader: ByteReader, depth: number): Type {
  const form = reader.byte();
  switch (form) {
    case 0x3f:
      return readResourceType(reader);
    case 0x40:
      return readFuncType(reader);
    case 0x41:
      return { kind: 'component', declarations: readDeclarations(reader, depth, true) };
    case 0x42:
      return { kind: 'instance', declarations: readDeclarations(reader, depth, false) };
    case 0x43:
      return { ...readFuncType(reader), async: true };
    default:
      return readDefinedType(reader, form);
  }
}

function readFuncType(reader: ByteReader): FuncType {
  const params = readNamedTypes(reader);
  const result = readResultList(reader);
  return result === undefined ? { kind: 'func', params } : { kind: 'func', params, result };
}

function readResourceType(reader: ByteReader): ResourceType {
  const representation = reader.byte();
  if (representation === 0x7e) throw reader.unsupported('a resource represented by i64', reader.position - 1);
  if (representation !== 0x7f) throw reader.leadingByte(representation, 'resource representation');
  const form = reader.byte();
  if (form === 0x00) return { kind: 'resource' };
  if (form === 0x01) return { kind: 'resource', destructor: reader.u32() };
  throw reader.leadingByte(form, 'resource destructor');
}

function readDeclarations(reader: ByteReader, outer: number, imports: boolean): Declaration[] {
  const depth = deeper(outer, reader);
  const declarations = reader.vector(() => readDeclaration(reader, depth, imports), 2);
  return declarations;
}

function readDeclaration(reader: ByteReader, depth: number, imports: boolean): Declaration {
  const at = reader.offset;
  const form = reader.byte();
  switch (form) {
    case 0x00:
      return readCoreType(reader);
    case 0x01:
      return readType(reader, depth);
    case 0x02:
      return readAlias(reader);
    case 0x03:
      if (!imports) break;
      return { kind: 'import-declaration', at, ...readExternName(reader), desc: readExternDesc(reader) };
    case 0x04:
      return { kind: 'export-declaration', at, ...readExternName(reader), desc: readExternDesc(reader) };
  }
  throw reader.leadingByte(form, 'component or instance type declaration');
}
