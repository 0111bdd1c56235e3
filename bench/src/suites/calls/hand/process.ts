import type { Ops } from '../ops.js';
import type { TypesCore } from '../types-core.js';
import type { Memory } from './memory.js';

export function bindProcess(core: TypesCore, memory: Memory): Ops['process'] {
  return (samples) => {
    const pointer = core.realloc(0, 0, 4, samples.length * 4);
    if (memory.u8.length === 0) memory.refresh();
    memory.f32.set(samples, pointer >>> 2);
    const result = core.process(pointer, samples.length);
    if (memory.u8.length === 0) memory.refresh();
    const { u32, f32 } = memory;
    const start = (u32[result >>> 2] as number) >>> 2;
    const processed = f32.slice(start, start + (u32[(result >>> 2) + 1] as number));
    core.postProcess(result);
    return processed;
  };
}
