import { PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A collection of garbage in this process. */
export interface Collection {
  /** In milliseconds of `performance.now`. */
  startMs: number;
  durationMs: number;
}

/** Runs `work`, and returns with its result the collections of garbage meanwhile. */
export async function withCollections<T>(
  work: () => T | Promise<T>,
): Promise<{ result: T; collections: Collection[] }> {
  const seen: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => void seen.push(...list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  try {
    const result = await work();
    // Collections are reported in a later turn.
    await nextTurn();
    await nextTurn();
    seen.push(...observer.takeRecords());
    const collections = seen.map(({ startTime, duration }) => ({
      startMs: startTime,
      durationMs: duration,
    }));
    return { result, collections };
  } finally {
    observer.disconnect();
  }
}
