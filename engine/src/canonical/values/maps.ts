import type { CanonicalContext } from '../context.js';
import { mismatch } from './mismatch.js';

/** The deadlines are looked at after so many entries: keys that a guest chose may all fall into one place of the table. */
const LOOK_EVERY = 16;

/** Takes what the host gives for a map: its entries, in their order. */
export function entriesFrom(value: unknown): readonly (readonly [unknown, unknown])[] {
  if (!(value instanceof Map)) throw mismatch();
  // Not by the map's own iterator, which the host may have replaced.
  return Array.from(Map.prototype.entries.call(value) as Iterable<[unknown, unknown]>);
}

/** Makes the map of the entries that a guest gave; of equal keys the last one counts. */
export function mapFrom(
  cx: CanonicalContext,
  entries: readonly (readonly [unknown, unknown])[],
): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  const { meter } = cx.instance.root;
  for (let index = 0; index < entries.length; index++) {
    const [key, value] = entries[index] as readonly [unknown, unknown];
    map.set(key, value);
    if (meter !== undefined && index % LOOK_EVERY === LOOK_EVERY - 1) meter.look();
  }
  return map;
}
