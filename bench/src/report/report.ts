/** Times of one variant of a row. */
export interface VariantReport {
  /** Median over the rounds of nanoseconds a call. */
  medianNs: number;
  /** 99th percentile over the rounds of nanoseconds a call. */
  p99Ns: number;
  /** 99.9th percentile, if single calls were timed. */
  p999Ns?: number;
  /** Bytes allocated on the JavaScript side a call, if that was measured. */
  garbageBytes?: number;
}

/** One operation in all its variants. */
export interface RowReport {
  name: string;
  variants: Record<string, VariantReport>;
  /** Medians of the ratios of paired samples, e.g. `ours/hand`. */
  ratios: Record<string, number>;
}

/** A claim, and whether the measurement confirms it. */
export interface Verdict {
  claim: string;
  /** As a person reads it, e.g. `≤ 1.5`. */
  wanted: string;
  got: number;
  ok: boolean;
}

/** Results of a suite. */
export interface SuiteResult {
  rows: RowReport[];
  verdict: Verdict[];
}

/** The output of `--json`. */
export interface BenchReport extends SuiteResult {
  bench: string;
  /** Version of Node. */
  node: string;
}

/** Judges a number that must not be greater than `limit`. */
export function atMost(claim: string, limit: number, got: number, unit = ''): Verdict {
  return { claim, wanted: `≤ ${limit}${unit}`, got, ok: got <= limit };
}

/** Judges a number that must not be less than `limit`. */
export function atLeast(claim: string, limit: number, got: number, unit = ''): Verdict {
  return { claim, wanted: `≥ ${limit}${unit}`, got, ok: got >= limit };
}
