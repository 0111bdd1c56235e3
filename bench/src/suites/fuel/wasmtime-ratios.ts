import { readFileSync } from 'node:fs';

const FILE = new URL('../../../kernels/fuel/wasmtime.json', import.meta.url);

/**
 * By kernel: how much longer wasmtime 49.0.0 takes where it counts fuel. Recorded by kernels/fuel/measure-wasmtime.py, which
 * tells how.
 */
export function wasmtimeRatios(): ReadonlyMap<string, number> {
  const { ratios } = JSON.parse(readFileSync(FILE, 'utf8')) as { ratios: Record<string, number> };
  return new Map(Object.entries(ratios));
}
