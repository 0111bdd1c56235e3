import { Random, smallestFailing } from 'wasm-plugin/random';
import type { Generator } from './generator.js';

/** Tries of smaller inputs until the smallest so far has to do. */
const MOST_SHRINKS = 400;

/** Result of one case of a generator. `input` is the smallest that breaks the rule, as `show` writes it. */
export type CaseReport = { index: number; milliseconds: number } & (
  { verdict: string } | { bug: string; input: Uint8Array | string }
);

/** Returns the random numbers of a case: the same seed and index give the same input. */
export function randomOf(seed: number, index: number): Random {
  return new Random(Math.imul(seed, 0x85eb_ca6b) + index);
}

/** Runs one case. An input that breaks the rule is shrunk. */
export async function runCase(generator: Generator, seed: number, index: number): Promise<CaseReport> {
  const input = await generator.make(randomOf(seed, index));
  const start = performance.now();
  const first = await checked(generator, input);
  const milliseconds = performance.now() - start;
  if ('verdict' in first) return { index, milliseconds, ...first };
  const smallest = await smallestFailing(
    { input, finding: first.bug },
    {
      shrink: (larger) => generator.shrink?.(larger) ?? [],
      run: async (smaller) => {
        const ending = await checked(generator, smaller);
        return 'bug' in ending ? ending.bug : undefined;
      },
      mostRuns: MOST_SHRINKS,
    },
  );
  return { index, milliseconds, bug: smallest.finding, input: generator.show(smallest.input) };
}

async function checked(generator: Generator, input: unknown): Promise<{ verdict: string } | { bug: string }> {
  try {
    return { verdict: await generator.check(input) };
  } catch (error) {
    return { bug: textOf(error) };
  }
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${textOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
