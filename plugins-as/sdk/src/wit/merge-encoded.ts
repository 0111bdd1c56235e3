import { ByteReader, ByteWriter } from '@wasm-plugin/engine/module';

const PREAMBLE_BYTES = 8;
const SECTION_CUSTOM = 0;
const SECTION_TYPE = 7;
const SECTION_EXPORT = 11;
const SORT_TYPE = 0x03;
const COMPONENT_TYPE = 0x41;
const EXPORT_DECLARATION = 0x04;

/**
 * Merges encoded worlds or interfaces of one package into one file, as a WIT package with several is encoded: one type and
 * one export for each. The type of each stands by itself, so only the index in its export changes.
 */
export function mergeEncoded(worlds: readonly Uint8Array[]): Uint8Array {
  const [first] = worlds;
  if (first === undefined) throw new Error('Cannot merge worlds: there are none');
  const customs = sectionsOf(first).filter(({ id }) => id === SECTION_CUSTOM);
  const [encoding, ...others] = customs;
  const writer = new ByteWriter();
  writer.copyFrom(first, 0, PREAMBLE_BYTES);
  if (encoding !== undefined) writeSection(writer, encoding);
  for (const [index, world] of worlds.entries()) {
    for (const section of sectionsOf(world)) {
      if (section.id === SECTION_CUSTOM) continue;
      writeSection(writer, section.id === SECTION_EXPORT ? exportOf(section, typeIndex(index)) : section);
    }
  }
  for (const section of others) writeSection(writer, section);
  return writer.copy();
}

/** The names of the worlds or interfaces in an encoded package. */
export function exportNames(bytes: Uint8Array): string[] {
  return sectionsOf(bytes)
    .filter(({ id }) => id === SECTION_EXPORT)
    .map(({ content }) => Buffer.from(readExport(content).name).toString());
}

/**
 * Makes an encoded interface of an encoded world that imports nothing but it: the import, which comes last, becomes an export
 * of the rest.
 */
export function interfaceFrom(
  bytes: Uint8Array,
  { name, world, packageName }: { name: string; world: string; packageName: string },
): Uint8Array {
  const [path, version] = packageName.split('@');
  const fullName = (item: string) => `${path}/${item}${version === undefined ? '' : `@${version}`}`;
  const writer = new ByteWriter();
  writer.copyFrom(bytes, 0, PREAMBLE_BYTES);
  for (const { id, content } of sectionsOf(bytes)) {
    if (id === SECTION_TYPE) {
      const end = declarationOf(content, fullName(world));
      const interfaceType = Uint8Array.from(content.subarray(HOLDER.length, end));
      interfaceType[declarationOf(interfaceType, fullName(name))] = EXPORT_DECLARATION;
      writeSection(writer, { id, content: Uint8Array.of(1, COMPONENT_TYPE, ...interfaceType) });
    } else if (id === SECTION_EXPORT) {
      const content = Uint8Array.of(1, 0, ...sizedText(name), SORT_TYPE, 0, 0);
      writeSection(writer, { id, content });
    } else if (!Buffer.from(content).includes('package-docs')) writeSection(writer, { id, content });
  }
  return writer.copy();
}

/** One type, of a component, with two declarations, of which the first is a type, of a component: the world. */
const HOLDER = [1, COMPONENT_TYPE, 2, 1, COMPONENT_TYPE];

/** Returns the start of the last declaration that imports or exports an item of a name. */
function declarationOf(content: Uint8Array, name: string): number {
  const at = Buffer.from(content).lastIndexOf(sizedText(name)) - 2;
  if (at < 0) throw new Error(`Cannot encode "${name}": it is not laid out as expected`);
  return at;
}

function sizedText(text: string): Uint8Array {
  const writer = new ByteWriter();
  writer.sized(Buffer.from(text));
  return writer.copy();
}

/** A type is in the index space twice: as it is defined, and under its exported name. */
function typeIndex(world: number): number {
  return world * 2;
}

interface Section {
  id: number;
  content: Uint8Array;
}

function sectionsOf(bytes: Uint8Array): Section[] {
  const reader = new ByteReader(bytes, { start: PREAMBLE_BYTES });
  const sections: Section[] = [];
  while (!reader.done) {
    const id = reader.byte();
    if (![SECTION_CUSTOM, SECTION_TYPE, SECTION_EXPORT].includes(id)) {
      throw new Error(`Cannot merge worlds: an encoded world has a section ${id}`);
    }
    sections.push({ id, content: reader.take(reader.u32()) });
  }
  return sections;
}

function writeSection(writer: ByteWriter, { id, content }: Section): void {
  writer.byte(id);
  writer.sized(content);
}

/** Makes an export section like the given one, which exports type 0, with another index. */
function exportOf({ id, content }: Section, index: number): Section {
  const writer = new ByteWriter();
  writer.byte(1);
  writer.byte(0);
  writer.sized(readExport(content).name);
  writer.byte(SORT_TYPE);
  writer.u32(index);
  writer.byte(0);
  return { id, content: writer.copy() };
}

function readExport(content: Uint8Array): { name: Uint8Array } {
  const reader = new ByteReader(content);
  const [count, form] = [reader.byte(), reader.byte()];
  const name = reader.take(reader.u32());
  const [sort, , ascribed] = [reader.byte(), reader.u32(), reader.byte()];
  if (count !== 1 || form !== 0 || sort !== SORT_TYPE || ascribed !== 0) {
    throw new Error('Cannot merge worlds: an encoded world is not laid out as expected');
  }
  return { name };
}
