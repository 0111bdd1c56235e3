import type { Concurrency } from '../concurrency.js';
import type { CanonicalContext } from '../context.js';
import type { CopyType } from '../types.js';

/** Takes the end of a stream or future that reads from the guest, and gives it to the other side. */
export function liftEnd(cx: CanonicalContext, type: CopyType, index: number): unknown {
  return concurrencyOf(cx).liftEnd(type, index >>> 0, cx.side === 'host');
}

/** Adds an end that reads to the guest's table and returns its index. */
export function lowerEnd(cx: CanonicalContext, type: CopyType, value: unknown): number {
  const fromHost = cx.side === 'host';
  const index = concurrencyOf(cx).lowerEnd(type, value, fromHost);
  if (fromHost) cx.instance.given.push({ resource: undefined, index, value });
  return index;
}

function concurrencyOf(cx: CanonicalContext): Concurrency {
  return cx.instance.concurrency as Concurrency;
}
