import type { Ops } from '../ops.js';
import type { TypesCore } from '../types-core.js';
import type { Memory } from './memory.js';
import { encodeUtf8, readUtf8, writeAscii } from './utf8.js';

export function bindEcho(core: TypesCore, memory: Memory): Ops['echo'] {
  return (text) => {
    let { length } = text;
    let pointer = core.realloc(0, 0, 1, length);
    if (memory.u8.length === 0) memory.refresh();
    if (!writeAscii(memory.u8, text, pointer)) {
      const bytes = encodeUtf8(text);
      pointer = core.realloc(pointer, length, 1, bytes.length);
      if (memory.u8.length === 0) memory.refresh();
      memory.u8.set(bytes, pointer);
      ({ length } = bytes);
    }
    const result = core.echo(pointer, length);
    if (memory.u8.length === 0) memory.refresh();
    const { u8, u32 } = memory;
    const echoed = readUtf8(u8, u32[result >>> 2] as number, u32[(result >>> 2) + 1] as number);
    core.postEcho(result);
    return echoed;
  };
}
