import type { Item, Ops } from '../ops.js';
import type { TypesCore } from '../types-core.js';
import type { Memory } from './memory.js';
import { readUtf8 } from './utf8.js';

/** Bytes from one item to the next: id at 0, name at 4, score at 16. */
const STRIDE = 24;

export function bindItems(core: TypesCore, memory: Memory): Ops['items'] {
  return (count) => {
    const result = core.items(count);
    if (memory.u8.length === 0) memory.refresh();
    const { u8, u32, f64 } = memory;
    const start = u32[(result + 4) >>> 2] as number;
    const length = u32[(result + 8) >>> 2] as number;
    if (u8[result] !== 0) {
      const reason = readUtf8(u8, start, length);
      core.postItems(result);
      throw new Error(reason);
    }
    const items: Item[] = [];
    for (let index = 0; index < length; index++) {
      const item = start + index * STRIDE;
      items.push({
        id: u32[item >>> 2] as number,
        name: readUtf8(u8, u32[(item + 4) >>> 2] as number, u32[(item + 8) >>> 2] as number),
        score: f64[(item + 16) >>> 3] as number,
      });
    }
    core.postItems(result);
    return items;
  };
}
