import type { Clock, Random } from '../harness/index.js';
import type { SuiteResult } from '../report/index.js';

/** What a suite is run with. */
export interface SuiteOptions {
  /** How many rounds are measured. */
  rounds: number;
  /** Whether only the shape of the result matters: as little is measured as can be. */
  quick: boolean;
  /** Only rows with this in their names are measured. */
  only: string;
  clock: Clock;
  random: Random;
  /** Tells the person who waits what is being measured. */
  progress(what: string): void;
}

/** A bench that can be asked for by name. */
export interface Suite {
  name: string;
  /** What it measures, in one line. */
  summary: string;
  /** Rounds unless the caller wants another number. */
  defaultRounds: number;
  run(options: SuiteOptions): Promise<SuiteResult>;
}
