import type { Ops } from '../ops.js';
import type { TypesCore } from '../types-core.js';

export function bindAdd(core: TypesCore): Ops['add'] {
  return (a, b) => core.add(a, b) >>> 0;
}
