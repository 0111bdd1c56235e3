import type { CanonicalContext } from '../context.js';
import { hostMember, isInherited, objectFrom } from '../values/index.js';
import { layoutOf } from '../../component/index.js';
import { camelCase } from '../names.js';
import type { ValueType } from '../types.js';
import type { Codec, FlatReader, FlatValue } from './codec.js';

/** Makes the codec of flags: an object of booleans. A missing flag is `false`; unknown bits are ignored. */
export function flagsCodec(type: ValueType, names: readonly string[]): Codec {
  const keys = names.map(camelCase);
  const inherited = keys.map(isInherited);
  const template = Object.fromEntries(keys.map((key) => [key, false]));
  const { size } = layoutOf(type);
  const bitsFrom = (value: unknown): number => {
    const flags = objectFrom(value);
    let bits = 0;
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] as string;
      if (inherited[index] === true ? hostMember(flags, key) : flags[key]) bits |= 1 << index;
    }
    return bits;
  };
  const flagsFrom = (bits: number): unknown => {
    const flags: Record<string, boolean> = { ...template };
    for (let index = 0; index < keys.length; index++)
      flags[keys[index] as string] = ((bits >>> index) & 1) === 1;
    return flags;
  };
  return {
    lower(_cx: CanonicalContext, value: unknown, out: FlatValue[]): void {
      out.push(bitsFrom(value));
    },
    lift(_cx: CanonicalContext, source: FlatReader): unknown {
      return flagsFrom(source.number());
    },
    store(cx: CanonicalContext, value: unknown, pointer: number): void {
      const bits = bitsFrom(value);
      const { memory } = cx;
      if (size === 1) memory.u8[pointer] = bits;
      else if (size === 2) memory.u16[pointer >>> 1] = bits;
      else memory.u32[pointer >>> 2] = bits;
    },
    load(cx: CanonicalContext, pointer: number): unknown {
      const { memory } = cx;
      if (size === 1) return flagsFrom(memory.u8[pointer] as number);
      if (size === 2) return flagsFrom(memory.u16[pointer >>> 1] as number);
      return flagsFrom(memory.u32[pointer >>> 2] as number);
    },
  };
}
