import type { CanonicalContext } from '../context.js';
import { liftBorrow, liftOwn, lowerBorrow, lowerOwn } from '../values/index.js';
import type { ResourceType } from '../resource-type.js';
import type { Codec, FlatReader, FlatValue } from './codec.js';

/** Makes the codec of `own` or `borrow`. */
export function handleCodec(kind: 'own' | 'borrow', resource: ResourceType): Codec {
  const lower = kind === 'own' ? lowerOwn : lowerBorrow;
  const lift = kind === 'own' ? liftOwn : liftBorrow;
  return {
    lower(cx: CanonicalContext, value: unknown, out: FlatValue[]): void {
      out.push(lower(cx, resource, value));
    },
    lift(cx: CanonicalContext, source: FlatReader): unknown {
      return lift(cx, resource, source.number());
    },
    store(cx: CanonicalContext, value: unknown, pointer: number): void {
      cx.memory.u32[pointer >>> 2] = lower(cx, resource, value);
    },
    load(cx: CanonicalContext, pointer: number): unknown {
      return lift(cx, resource, cx.memory.u32[pointer >>> 2] as number);
    },
    direct: {
      lower(cx: CanonicalContext, value: unknown): FlatValue {
        return lower(cx, resource, value);
      },
      lift(cx: CanonicalContext, core: FlatValue): unknown {
        return lift(cx, resource, core as number);
      },
    },
  };
}
