import type { Ops } from '../ops.js';
import type { TypesCore } from '../types-core.js';
import type { Memory } from './memory.js';
import { readUtf8, writeUtf8 } from './utf8.js';

export function bindEcho(core: TypesCore, memory: Memory): Ops['echo'] {
  return (text) => {
    const { pointer, length } = writeUtf8(core, memory, text);
    const result = core.echo(pointer, length);
    if (memory.u8.length === 0) memory.refresh();
    const { u8, u32 } = memory;
    const echoed = readUtf8(u8, u32[result >>> 2] as number, u32[(result >>> 2) + 1] as number);
    core.postEcho(result);
    return echoed;
  };
}
