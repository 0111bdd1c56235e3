import { ByteReader } from '../binary/index.js';
import type { TraceBudget } from './trace-budget.js';

const FUNCTIONS = 1;

/** Longer names are cut: a message shows at most 1,000 characters of them. */
const MOST_NAME_BYTES = 4000;

const utf8 = new TextDecoder();

/**
 * Finds the names of the functions with the indexes `wanted` in a name section, in one pass; decodes no other name. A malformed
 * section, or one that costs more than the rest of the budget, yields the names up to there.
 */
export function findFunctionNames(
  section: Uint8Array,
  wanted: ReadonlySet<number>,
  budget: TraceBudget,
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  try {
    const reader = new ByteReader(section);
    while (!reader.done && names.size < wanted.size) {
      budget.spend();
      const id = reader.byte();
      const part = reader.part(reader.u32());
      if (id !== FUNCTIONS) continue;
      for (let left = part.u32(); left > 0 && names.size < wanted.size; left--) {
        budget.spend();
        const index = part.u32();
        const length = part.u32();
        const start = part.position;
        part.skip(length);
        if (!wanted.has(index)) continue;
        names.set(index, utf8.decode(section.subarray(start, start + Math.min(length, MOST_NAME_BYTES))));
      }
    }
  } catch {
    return names;
  }
  return names;
}
