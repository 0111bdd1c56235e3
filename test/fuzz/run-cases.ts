import { Random } from '../support/random.js';
import { attempt, type Ending } from './attempt.js';
import { mutate } from './mutate.js';

/** One mutated component. The same seed, index and corpus give the same bytes. */
export function caseBytes(corpus: readonly Uint8Array[], seed: number, index: number): Uint8Array {
  const random = new Random(Math.imul(seed, 0x85eb_ca6b) + index);
  return mutate(random.pick(corpus), random, random.pick(corpus));
}

/** What a case came to, and how long it took. */
export interface CaseReport {
  index: number;
  ending: Ending;
  milliseconds: number;
}

/** Runs one case. */
export async function runCase(
  corpus: readonly Uint8Array[],
  seed: number,
  index: number,
): Promise<CaseReport> {
  const bytes = caseBytes(corpus, seed, index);
  const start = performance.now();
  const ending = await attempt(bytes, index);
  return { index, ending, milliseconds: performance.now() - start };
}
