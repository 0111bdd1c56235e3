import type { CanonicalContext } from '../context.js';
import type { ResourceType } from '../resource-type.js';
import type { Codec, FlatReader, FlatValue } from './codec.js';

/** Takes an own handle from the guest and gives it to the other side. */
export function liftOwn(cx: CanonicalContext, resource: ResourceType, index: number): unknown {
  const rep = cx.instance.takeOwn(index, resource);
  return cx.side === 'host' ? resource.binding.liftOwn(rep) : rep;
}

/** Lends a handle of the guest to the other side, until the call in progress ends. */
export function liftBorrow(cx: CanonicalContext, resource: ResourceType, index: number): unknown {
  const rep = cx.instance.readBorrow(index, resource);
  return cx.side === 'host' ? resource.binding.liftBorrow(rep) : rep;
}

/** Gives the guest an own handle. */
export function lowerOwn(cx: CanonicalContext, resource: ResourceType, value: unknown): number {
  if (cx.side === 'component') return cx.instance.giveOwn(value as number, resource);
  const index = cx.instance.giveOwn(resource.binding.lowerOwn(value), resource);
  cx.instance.given.push({ resource, index, value });
  return index;
}

/** Lends the guest a handle for the call in progress. */
export function lowerBorrow(cx: CanonicalContext, resource: ResourceType, value: unknown): number {
  if (cx.side === 'component') return cx.instance.giveBorrow(value as number, resource);
  const lent = resource.binding.lend(value);
  cx.instance.lenders.push(lent);
  const index = cx.instance.giveBorrow(lent.rep, resource);
  if (resource.owner !== cx.instance) cx.instance.given.push({ resource, index, value });
  return index;
}

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
