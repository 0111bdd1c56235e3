import { createHash } from 'node:crypto';
import type { Mutant } from './mutant.js';

/**
 * Returns `count` of the mutants, chosen by the seed. The choice of one depends on nothing but the seed and its own text, so other
 * changes of the sources, or a larger sample, leave it in.
 */
export function sample(
  mutants: readonly Mutant[],
  { count, seed }: { count: number; seed: number },
): Mutant[] {
  const before = new Map<string, number>();
  const ranked = mutants.map((mutant) => {
    const text = `${mutant.file}\0${mutant.before}\0${mutant.after}\0${mutant.place}`;
    const nth = before.get(text) ?? 0;
    before.set(text, nth + 1);
    return { mutant, rank: createHash('sha256').update(`${seed}\0${nth}\0${text}`).digest('hex') };
  });
  return ranked
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant)
    .toSorted((a, b) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
}
