import type { CanonicalContext } from '../context.js';
import type { CopyType } from '../types.js';
import { liftEnd, lowerEnd } from '../values/index.js';
import type { Codec, FlatReader, FlatValue } from './codec.js';

/** Makes the codec of a stream or future: a handle of the end that reads. */
export function endCodec(type: CopyType): Codec {
  return {
    lower(cx: CanonicalContext, value: unknown, out: FlatValue[]): void {
      out.push(lowerEnd(cx, type, value));
    },
    lift(cx: CanonicalContext, source: FlatReader): unknown {
      return liftEnd(cx, type, source.number());
    },
    store(cx: CanonicalContext, value: unknown, pointer: number): void {
      const index = lowerEnd(cx, type, value);
      cx.memory.u32[pointer >>> 2] = index;
    },
    load(cx: CanonicalContext, pointer: number): unknown {
      return liftEnd(cx, type, cx.memory.u32[pointer >>> 2] as number);
    },
  };
}
