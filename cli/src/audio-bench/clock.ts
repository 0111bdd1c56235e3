import { median } from '../audio/index.js';
import { rounded } from './block-statistics.js';
import type { Measurement } from './measurement.js';

const READINGS = 20_000;

/** Measures the clock that blocks are timed with. */
export function measureClock(): Measurement['clock'] {
  const costs = new Float64Array(READINGS);
  let resolutionNs = Infinity;
  for (let at = 0; at < READINGS; at++) {
    const start = performance.now();
    const end = performance.now();
    costs[at] = (end - start) * 1e6;
    if (end > start) resolutionNs = Math.min(resolutionNs, (end - start) * 1e6);
  }
  return { resolutionNs: rounded(resolutionNs), costNs: rounded(median(costs)) };
}
