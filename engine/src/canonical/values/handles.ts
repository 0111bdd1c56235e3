import type { CanonicalContext } from '../context.js';
import type { ResourceType } from '../resource-type.js';

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

/** Adds an own handle to the guest's table and returns its index. */
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
