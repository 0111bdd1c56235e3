import { ByteReader, ByteWriter } from '../../binary/index.js';

const FUNCTIONS = 1;
const LABELS = 3;

/**
 * Rewrites a name section: functions that stand for others get their names, and label names, which no longer fit, are
 * dropped. `standInOf` leads from a function to the index of the one that stands for it. A malformed name section comes back empty: it means nothing to an engine either.
 */
export function renameSection(
  bytes: Uint8Array,
  standInOf: ReadonlyMap<number, number>,
): Uint8Array | undefined {
  try {
    return rename(new ByteReader(bytes, { section: 'name' }), standInOf);
  } catch {
    return undefined;
  }
}

function rename(reader: ByteReader, standInOf: ReadonlyMap<number, number>): Uint8Array {
  const writer = new ByteWriter(reader.remaining + 1024);
  while (!reader.done) {
    const id = reader.byte();
    const bytes = reader.take(reader.u32());
    if (id === LABELS) continue;
    writer.byte(id);
    writer.sized(id === FUNCTIONS ? withStandIns(bytes, standInOf) : bytes);
  }
  return writer.view();
}

function withStandIns(bytes: Uint8Array, standInOf: ReadonlyMap<number, number>): Uint8Array {
  const reader = new ByteReader(bytes, { section: 'name' });
  const count = reader.u32();
  const start = reader.position;
  const names = new Map<number, Uint8Array>();
  for (let left = count; left > 0; left--) names.set(reader.u32(), reader.take(reader.u32()));
  // By the names that are there: a section may have as many parts as it has bytes.
  const added = [...names].filter(([original]) => standInOf.has(original));
  const writer = new ByteWriter(bytes.length * 2 + 16);
  writer.u32(count + added.length);
  writer.copyFrom(bytes, start, reader.position);
  for (const [original, name] of added) {
    writer.u32(standInOf.get(original) as number);
    writer.sized(name);
  }
  return writer.view();
}

/** Reads the function names of a name section. */
export function functionNames(bytes: Uint8Array): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  try {
    const reader = new ByteReader(bytes, { section: 'name' });
    while (!reader.done) {
      const id = reader.byte();
      const part = reader.part(reader.u32());
      if (id !== FUNCTIONS) continue;
      for (let left = part.u32(); left > 0; left--) names.set(part.u32(), part.name());
    }
  } catch {
    return names;
  }
  return names;
}
