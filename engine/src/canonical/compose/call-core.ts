import type { FlatValue } from './codec.js';

type Core = (...args: (FlatValue | undefined)[]) => FlatValue | undefined;

/** Calls a core function with the values of an array: spelled out, since spreading one costs as much as several calls. */
export function callCore(core: Core, f: readonly FlatValue[]): FlatValue | undefined {
  switch (f.length) {
    case 0:
      return core();
    case 1:
      return core(f[0]);
    case 2:
      return core(f[0], f[1]);
    case 3:
      return core(f[0], f[1], f[2]);
    case 4:
      return core(f[0], f[1], f[2], f[3]);
    case 5:
      return core(f[0], f[1], f[2], f[3], f[4]);
    case 6:
      return core(f[0], f[1], f[2], f[3], f[4], f[5]);
    case 7:
      return core(f[0], f[1], f[2], f[3], f[4], f[5], f[6]);
    case 8:
      return core(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]);
    case 9:
      return core(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8]);
    default:
      return core(...f);
  }
}
