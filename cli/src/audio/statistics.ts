/**
 * Returns the value that a share of `samples` does not exceed, interpolated between neighbours.
 * @throws {RangeError} there are no samples
 */
export function percentile(samples: ArrayLike<number>, share: number): number {
  if (samples.length === 0) throw new RangeError('Cannot take a percentile: there are no samples');
  const sorted = Float64Array.from(samples).sort();
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (position - below);
}

/**
 * Returns the middle value of `samples`.
 * @throws {RangeError} there are no samples
 */
export function median(samples: ArrayLike<number>): number {
  return percentile(samples, 0.5);
}
