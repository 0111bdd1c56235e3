import type { Ops } from '../ops.js';
import type { TypesCore } from '../types-core.js';
import type { Memory } from './memory.js';
import { readUtf8, writeUtf8 } from './utf8.js';

export function bindRecord8(core: TypesCore, memory: Memory): Ops['record8'] {
  return ({ id, active, small, offset, big, ratio, score, name }) => {
    const { pointer, length } = writeUtf8(core, memory, name);
    const result = core.record8(id, active ? 1 : 0, small, offset, big, ratio, score, pointer, length);
    if (memory.u8.length === 0) memory.refresh();
    const { u8, s16, u32, u64, f32, f64 } = memory;
    // id at 0, active at 4, small at 5, offset at 6, big at 8, ratio at 16, score at 24, name at 32
    const returned = {
      id: u32[result >>> 2] as number,
      active: u8[result + 4] !== 0,
      small: u8[result + 5] as number,
      offset: s16[(result + 6) >>> 1] as number,
      big: u64[(result + 8) >>> 3] as bigint,
      ratio: f32[(result + 16) >>> 2] as number,
      score: f64[(result + 24) >>> 3] as number,
      name: readUtf8(u8, u32[(result + 32) >>> 2] as number, u32[(result + 36) >>> 2] as number),
    };
    core.postRecord8(result);
    return returned;
  };
}
