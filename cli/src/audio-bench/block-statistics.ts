import { median, percentile } from '../audio/index.js';
import type { Collection } from './collections.js';
import type { BlockStatistics, FirstBlocks } from './measurement.js';
import type { BlockTimes } from './time-blocks.js';

/** Sums up the times of blocks. */
export function blockStatistics(
  times: BlockTimes,
  { budgetNs, collections }: { budgetNs: number; collections: readonly Collection[] },
): BlockStatistics {
  const { startsMs, durationsNs } = times;
  return {
    blocks: durationsNs.length,
    medianNs: rounded(median(durationsNs)),
    p99Ns: rounded(percentile(durationsNs, 0.99)),
    p999Ns: rounded(percentile(durationsNs, 0.999)),
    worstNs: rounded(percentile(durationsNs, 1)),
    ...lateOf(times, budgetNs),
    collections: collections.filter(({ startMs }) => isWithin(startMs, { startsMs, durationsNs })).length,
  };
}

/** Sums up the first blocks of an instance. */
export function firstBlocks(times: BlockTimes, budgetNs: number): FirstBlocks {
  const { durationsNs } = times;
  return {
    firstNs: rounded(durationsNs[0] ?? 0),
    worstNs: rounded(percentile(durationsNs.subarray(1), 1)),
    ...lateOf(times, budgetNs),
    blocks: durationsNs.length,
  };
}

function lateOf(
  { durationsNs, disturbed }: BlockTimes,
  budgetNs: number,
): { late: number; lateByOthers: number } {
  let late = 0;
  let lateByOthers = 0;
  for (const [at, duration] of durationsNs.entries()) {
    if (duration <= budgetNs) continue;
    late++;
    lateByOthers += disturbed[at] as number;
  }
  return { late, lateByOthers };
}

function isWithin(
  momentMs: number,
  { startsMs, durationsNs }: Pick<BlockTimes, 'startsMs' | 'durationsNs'>,
): boolean {
  return startsMs.some(
    (start, at) => momentMs >= start && momentMs <= start + (durationsNs[at] as number) / 1e6,
  );
}

/** Keeps four significant digits: no measurement here is better than that. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
