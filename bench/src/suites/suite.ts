import type { Clock, Random } from '../harness/index.js';
import type { SuiteResult } from '../report/index.js';

/** Options of a run of a suite. */
export interface SuiteOptions {
  /** Number of measured rounds. */
  rounds: number;
  /** True if only the shape of the result matters: measures as little as possible. */
  quick: boolean;
  /** Only rows with this in their names are measured. */
  only: string;
  clock: Clock;
  random: Random;
  /** Shows the waiting person the name of the present measurement. */
  progress(what: string): void;
}

/** A bench that can be asked for by name. */
export interface Suite {
  name: string;
  /** Subject of the measurement, in one line. */
  summary: string;
  /** Rounds unless the caller wants another number. */
  defaultRounds: number;
  run(options: SuiteOptions): Promise<SuiteResult>;
}
