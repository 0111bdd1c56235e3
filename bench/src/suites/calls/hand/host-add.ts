import type { TypesCoreImports } from '../types-core.js';

export function bindHostAdd(hostAdd: (a: number, b: number) => number): TypesCoreImports['hostAdd'] {
  return (a, b) => hostAdd(a >>> 0, b >>> 0);
}
