import { ByteReader, ByteWriter } from '@wasm-plugin/engine/internals';

const PREAMBLE_BYTES = 8;
const SECTION_CUSTOM = 0;
const SECTION_TYPE = 7;
const SECTION_EXPORT = 11;
const SORT_TYPE = 0x03;

/**
 * Merges encoded worlds of one package into one file, as a WIT package with several worlds is encoded: one type and one
 * export for each. A world's type stands by itself, so only the index in its export changes.
 */
export function mergeWorlds(worlds: readonly Uint8Array[]): Uint8Array {
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
  const reader = new ByteReader(content);
  const [count, form] = [reader.byte(), reader.byte()];
  const name = reader.take(reader.u32());
  const [sort, old, ascribed] = [reader.byte(), reader.u32(), reader.byte()];
  if (count !== 1 || form !== 0 || sort !== SORT_TYPE || old !== 0 || ascribed !== 0) {
    throw new Error('Cannot merge worlds: an encoded world is not laid out as expected');
  }
  const writer = new ByteWriter();
  writer.byte(count);
  writer.byte(form);
  writer.sized(name);
  writer.byte(sort);
  writer.u32(index);
  writer.byte(ascribed);
  return { id, content: writer.copy() };
}
