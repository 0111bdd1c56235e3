/** Bins of a histogram: so many for each power of ten, from 10 ns to 1 s. */
const BINS_PER_DECADE = 24;
const LOWEST_NS = 10;
const DECADES = 8;
const BINS = BINS_PER_DECADE * DECADES;

/** Counts times in bins of equal width on a logarithmic scale. */
export function countByTime(durationsNs: Float64Array): number[] {
  const counts = Array.from({ length: BINS }, () => 0);
  for (const duration of durationsNs) {
    const bin = Math.floor(Math.log10(Math.max(duration, LOWEST_NS) / LOWEST_NS) * BINS_PER_DECADE);
    const at = Math.min(bin, BINS - 1);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** The middle of a bin, in nanoseconds. */
export function binNs(bin: number): number {
  return LOWEST_NS * 10 ** ((bin + 0.5) / BINS_PER_DECADE);
}
