import { monotonicClock, seededRandom } from './harness/index.js';
import type { BenchReport } from './report/index.js';
import type { Suite, SuiteOptions } from './suites/index.js';

/** Runs a suite and gives its report. Needs `--expose-gc`. */
export async function runSuite(
  suite: Suite,
  options: Pick<SuiteOptions, 'rounds' | 'quick' | 'progress'> & { only?: string },
): Promise<BenchReport> {
  const { rows, verdict } = await suite.run({
    only: '',
    ...options,
    clock: monotonicClock,
    random: seededRandom(options.rounds),
  });
  return { bench: suite.name, node: process.versions.node, rows, verdict };
}
