import { ByteReader } from '../../binary/index.js';
import type { Component, Definition } from '../model.js';
import { readAlias } from './alias.js';
import { readCanon } from './canon.js';
import { readCoreInstance } from './core-instance.js';
import { readCoreType } from './core-type.js';
import { readExport } from './export.js';
import { readImport } from './import.js';
import { readInstance } from './instance.js';
import { deeper } from './depth.js';
import { readStart } from './start.js';
import { readType } from './type.js';

type ReadDefinition = (reader: ByteReader, depth: number) => Definition;

/** The name of each section in errors, and the reader of its entries if it is a vector of them. */
const SECTIONS: { name: string; entry?: ReadDefinition }[] = [
  { name: 'custom' },
  { name: 'core module' },
  { name: 'core instance', entry: readCoreInstance },
  { name: 'core type', entry: readCoreType },
  { name: 'component' },
  { name: 'instance', entry: readInstance },
  { name: 'alias', entry: readAlias },
  { name: 'type', entry: readType },
  { name: 'canon', entry: readCanon },
  { name: 'start' },
  { name: 'import', entry: readImport },
  { name: 'export', entry: readExport },
  { name: 'value' },
];

/** Definitions and parts of definitions that a file may have. Those of components in the wild have some thousands. */
const MAX_ITEMS = 500_000;

const MAGIC = 0x6d736100;
const COMPONENT = 0x0001000d;
const CORE_MODULE = 0x00000001;

/**
 * Decodes a component: its definitions in order, nothing resolved, only the form of its bytes checked. Core modules stay views
 * of `bytes`, so `bytes` must not change while the result is in use.
 * @throws {ModuleError} WP_MODULE_MALFORMED if the bytes are no component
 * @throws {ModuleError} WP_MODULE_UNSUPPORTED for features beyond Preview 2, by name
 * @throws {ModuleError} WP_MODULE_LIMIT if it nests too deep or defines too much
 */
export function decodeComponent(bytes: Uint8Array): Component {
  return readComponent(new ByteReader(bytes, { items: { left: MAX_ITEMS } }), 0);
}

function readComponent(reader: ByteReader, depth: number): Component {
  const start = reader.offset;
  readPreamble(reader);
  const definitions: Definition[] = [];
  while (!reader.done) readSection(reader, depth, definitions);
  return { start, end: reader.offset, definitions };
}

function readPreamble(reader: ByteReader): void {
  const start = reader.position;
  const magic = word(reader);
  if (magic !== MAGIC) throw reader.malformed('magic header not detected', start);
  const version = word(reader);
  if (version === COMPONENT) return;
  if (version === CORE_MODULE) {
    throw reader.malformed(
      'expected a component, found a core module (make a component of it first)',
      start + 4,
    );
  }
  throw reader.malformed(`unknown binary version 0x${version.toString(16).padStart(8, '0')}`, start + 4);
}

function word(reader: ByteReader): number {
  const bytes = reader.take(4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
}

function readSection(reader: ByteReader, depth: number, definitions: Definition[]): void {
  const id = reader.byte();
  const section = SECTIONS[id];
  if (section === undefined) throw reader.malformed(`malformed section id ${id}`, reader.position - 1);
  const content = reader.part(reader.u32(), section.name);
  if (section.entry === undefined) {
    definitions.push(readSingle(content, depth, section.name));
  } else {
    for (let left = content.count(); left > 0; left--) definitions.push(section.entry(content, depth));
  }
  content.finish();
}

function readSingle(content: ByteReader, depth: number, section: string): Definition {
  const at = content.offset;
  switch (section) {
    case 'custom':
      return { kind: 'custom', at, name: content.name(), bytes: content.take(content.remaining) };
    case 'core module':
      return { kind: 'core-module', at, bytes: content.take(content.remaining) };
    case 'component':
      return { kind: 'component', at, component: readComponent(content, deeper(depth, content)) };
    case 'start':
      return readStart(content);
    default:
      throw content.unsupported('the definition of a value', content.position);
  }
}
