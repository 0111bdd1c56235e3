import { Random } from '../../../support/random.js';
import { encodeCalls, makeCalls } from '../../../wasi-calls/index.js';
import type { ProgramCase } from '../program-case.js';

/** Random calls of `wasi:filesystem`, on paths that mean the same to everybody. */
export const CALL_CASES: ProgramCase[] = Array.from({ length: 40 }, (_, seed) => ({
  program: 'calls',
  name: `random calls, seed ${seed}`,
  args: [],
  stdin: encodeCalls(makeCalls(new Random(seed), { count: 200, leadsOut: false, oddPaths: false })),
  normalize: leaveOut,
}));

/**
 * Leaves out the order of two errors, which nobody promises, and things that wasmtime cannot do: set the times of an open
 * folder, report "is-directory" for a read of one, open a file of which no time is to be changed.
 */
function leaveOut(text: string): string {
  return text
    .replace(/^((?:set-times|read|set-size|link|rename)\t.*-> )<.*>$/gm, '$1refused')
    .replace(/^set-times\t.*$|^set-times-at\t.*keep\tkeep\t-> .*$/gm, 'left out');
}
