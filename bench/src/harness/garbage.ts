import { median } from './statistics.js';

/** Few enough calls that their garbage fits the young generation: no collection falls into a measurement. */
const FIRST_COUNT = 64;
const WANTED_BYTES = 200_000;
const REPEATS = 9;

/**
 * Measures the bytes that a call allocates: the growth of the JavaScript heap and of array buffers over some calls, with
 * nothing collected in between. The median of many, less the measurement's own allocations. Needs `--expose-gc`.
 */
export function garbageBytes(loop: (count: number) => number, { repeats = REPEATS } = {}): number {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('Cannot measure garbage: start Node with --expose-gc');
  const measure = (count: number, times: number): number =>
    median(Array.from({ length: times }, () => allocated(loop, count, collect)));
  const first = measure(FIRST_COUNT, Math.min(3, repeats)) / FIRST_COUNT;
  const count = Math.min(20_000, Math.max(FIRST_COUNT, Math.round(WANTED_BYTES / Math.max(1, first))));
  const total = measure(count, repeats) - measure(0, repeats);
  const bytes = Math.max(0, total / count);
  return bytes < 0.5 ? 0 : Math.round(bytes * 10) / 10;
}

function allocated(loop: (count: number) => number, count: number, collect: NodeJS.GCFunction): number {
  collect({ type: 'minor', execution: 'sync' });
  const before = process.memoryUsage();
  loop(count);
  const after = process.memoryUsage();
  return after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers;
}
