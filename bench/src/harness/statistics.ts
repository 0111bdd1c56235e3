/** Returns the value that a share of `samples` does not exceed, interpolated between neighbours. */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('Cannot take a percentile: there are no samples');
  const sorted = Float64Array.from(samples).sort();
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (position - below);
}

/** Returns the middle value of `samples`. */
export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/**
 * Returns the median of the ratios of pairs that were measured side by side. A disturbance of a whole round, such as another
 * program or a lower clock rate, is in both halves of a pair and cancels out; in a ratio of two medians it does not.
 */
export function pairedRatio(samples: readonly number[], base: readonly number[]): number {
  return median(pairs(samples, base, (sample, other) => sample / other));
}

/** Returns the median of the differences of pairs that were measured side by side. */
export function pairedDifference(samples: readonly number[], base: readonly number[]): number {
  return median(pairs(samples, base, (sample, other) => sample - other));
}

function pairs(
  samples: readonly number[],
  base: readonly number[],
  combine: (sample: number, other: number) => number,
): number[] {
  if (samples.length !== base.length) {
    throw new RangeError(`Cannot pair samples: there are ${samples.length} and ${base.length}`);
  }
  return samples.map((sample, index) => combine(sample, base[index] as number));
}
