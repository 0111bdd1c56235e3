import type { AudioCheckResult } from '../audio/index.js';
import type { Comparison } from './compare-baseline.js';
import type { Verdict } from './judge.js';
import type { Machine } from './machine.js';
import type { Measurement } from './measurement.js';

/** A report: `wasm-plugin bench --json` prints it, and `--baseline` reads it. */
export interface BenchReport {
  /** Version of this form. */
  bench: 1;
  file: string;
  kind: 'component' | 'library';
  fileBytes: number;
  machine: Machine;
  seed: number;
  /** Number of processes that measured. */
  processes: number;
  measurement: Measurement;
  verdict: Verdict[];
  /** Results of the checks, if they were asked for. */
  checks?: AudioCheckResult[];
  comparison?: Comparison;
}
