import { ByteReader } from '@wasm-plugin/engine/internals';

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
  const [encoding, ...others] = customs.map(({ whole }) => whole);
  const bodies = worlds.flatMap((world, index) => {
    const sections = sectionsOf(world).filter(({ id }) => id !== SECTION_CUSTOM);
    return sections.map(({ id, whole, content }) => {
      if (id === SECTION_TYPE) return whole;
      if (id === SECTION_EXPORT) return exportSection(content, typeIndex(index));
      throw new Error(`Cannot merge worlds: an encoded world has a section ${id}`);
    });
  });
  return Buffer.concat(
    [first.subarray(0, PREAMBLE_BYTES), encoding ?? [], ...bodies, ...others].map(bytesOf),
  );
}

/** A type is in the index space twice: as it is defined, and under its exported name. */
function typeIndex(world: number): number {
  return world * 2;
}

interface Section {
  id: number;
  whole: Uint8Array;
  content: Uint8Array;
}

function sectionsOf(bytes: Uint8Array): Section[] {
  const reader = new ByteReader(bytes, { start: PREAMBLE_BYTES });
  const sections: Section[] = [];
  while (!reader.done) {
    const start = reader.position;
    const id = reader.byte();
    const content = reader.take(reader.u32());
    sections.push({ id, content, whole: bytes.subarray(start, reader.position) });
  }
  return sections;
}

/** Writes an export section like the given one, which exports type 0, with another index. */
function exportSection(content: Uint8Array, index: number): Uint8Array {
  const reader = new ByteReader(content);
  const [count, form] = [reader.byte(), reader.byte()];
  const name = reader.take(reader.u32());
  const [sort, old, ascribed] = [reader.byte(), reader.u32(), reader.byte()];
  if (count !== 1 || form !== 0 || sort !== SORT_TYPE || old !== 0 || ascribed !== 0) {
    throw new Error('Cannot merge worlds: an encoded world is not laid out as expected');
  }
  const written = [1, 0, ...leb128(name.length), ...name, SORT_TYPE, ...leb128(index), 0];
  return Uint8Array.from([SECTION_EXPORT, ...leb128(written.length), ...written]);
}

function leb128(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb128(value >>> 7)];
}

function bytesOf(part: Uint8Array | readonly number[]): Uint8Array {
  return Uint8Array.from(part);
}
