import type { BenchReport } from '../report/index.js';

/** Result of one suite of many: its report, or the reason why there is none. */
export type SuiteOutcome =
  | { readonly name: string; readonly summary: string; readonly report: BenchReport }
  | { readonly name: string; readonly summary: string; readonly failure: string };
