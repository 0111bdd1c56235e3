import type { ResolvedComponent } from '@wasm-plugin/engine/component';
import { Random, smallestFailing } from '../random/index.js';
import type { TestedPlugin } from '../test/index.js';
import { randomCall, shrinkCalls, type FuzzCall } from './fuzz-call.js';
import { fuzzedFunctions } from './fuzzed-functions.js';
import { runCalls, type FailedCall } from './run-calls.js';

/** Options of `fuzzPlugin`. */
export interface FuzzOptions {
  /** The type of its component. */
  component: ResolvedComponent;
  /** Calls that are made. */
  calls: number;
  /** The same seed makes the same calls. */
  seed: number;
}

/** Result of random calls. */
export interface FuzzResult {
  /** Calls that were made. */
  calls: number;
  /** Failures, each shrunk. */
  found: { calls: readonly FuzzCall[]; failed: FailedCall }[];
  /** Functions that cannot be called with random values, and why. */
  leftOut: readonly string[];
}

/** Calls of an instance, whose effects on its state are tried too. */
const LONGEST_SEQUENCE = 8;
/** Different failures until it ends. */
const MOST_FOUND = 5;
/** Bounds of the search for a smaller input: tries and time. */
const MOST_SHRINKS = 400;
const SHRINK_MS = 20_000;
/** Time after which calls of a slow plugin stop, in milliseconds. */
const MOST_MS = 60_000;

/**
 * Calls the functions of a plugin with random values, several calls on an instance, and makes failing inputs smaller.
 * @returns the failures, one for each function and error code
 */
export async function fuzzPlugin(
  { host, plugin }: TestedPlugin,
  { component, calls: wanted, seed }: FuzzOptions,
): Promise<FuzzResult> {
  const { functions, constructors, leftOut } = fuzzedFunctions(component);
  const result: FuzzResult = { calls: 0, found: [], leftOut };
  const random = new Random(seed);
  const known = new Set<string>();
  const end = performance.now() + MOST_MS;
  const run = (calls: readonly FuzzCall[]): Promise<FailedCall | undefined> =>
    runCalls(calls, { host, name: plugin.name });
  while (functions.length > 0 && result.calls < wanted && result.found.length < MOST_FOUND) {
    if (performance.now() > end) break;
    const length = Math.min(1 + random.below(LONGEST_SEQUENCE), wanted - result.calls);
    const calls = random
      .many(length, () => randomCall(random.pick(functions), { random, constructors }))
      .filter((call) => call !== undefined);
    result.calls += length;
    const failed = await run(calls);
    if (failed === undefined) continue;
    const key = keyOf(calls, failed);
    if (known.has(key)) continue;
    known.add(key);
    const until = performance.now() + SHRINK_MS;
    const { input, finding } = await smallestFailing(
      { input: calls.slice(0, failed.index + 1), finding: failed },
      {
        shrink: shrinkCalls,
        // Another failure is another input's.
        run: async (smaller) => {
          const seen = await run(smaller);
          return seen !== undefined && keyOf(smaller, seen) === key ? seen : undefined;
        },
        mostRuns: MOST_SHRINKS,
        isOver: () => performance.now() > until,
      },
    );
    result.found.push({ calls: input.slice(0, finding.index + 1), failed: finding });
  }
  return result;
}

function keyOf(calls: readonly FuzzCall[], { index, code }: FailedCall): string {
  return `${calls[index]?.func.label} ${code}`;
}
