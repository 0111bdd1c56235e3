import { readFileSync } from 'node:fs';

const FILE = new URL('../../../kernels/fuel/wasmtime.json', import.meta.url);

/**
 * By kernel: the ratio of wasmtime 49.0.0's times with and without counting fuel. Recorded by kernels/fuel/measure-wasmtime.py,
 * which describes the method.
 */
export function wasmtimeRatios(): ReadonlyMap<string, number> {
  const { ratios } = JSON.parse(readFileSync(FILE, 'utf8')) as { ratios: Record<string, number> };
  return new Map(Object.entries(ratios));
}
