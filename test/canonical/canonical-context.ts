import { CanonicalContext, type Side, type StringEncoding } from '../../engine/src/canonical/context.js';
import type { InstanceContext } from '../../engine/src/canonical/instance-context.js';
import { MemoryViews } from '../../engine/src/canonical/memory-views.js';

/** One call of a guest's `realloc`. */
export type Allocation = readonly [oldPointer: number, oldSize: number, align: number, size: number];

/** The context of a guest of one page, whose `realloc` hands out memory from 1024 on and copies what was there. */
export function contextOf(encoding: StringEncoding = 'utf8', side: Side = 'host') {
  const allocations: Allocation[] = [];
  const counted = { held: 0, charged: 0 };
  const memory = new MemoryViews(new WebAssembly.Memory({ initial: 1 }));
  let free = 1024;
  const realloc = (...[oldPointer, oldSize, align, size]: Allocation): number => {
    allocations.push([oldPointer, oldSize, align, size]);
    const pointer = free;
    free += size + 8 - (size % 8);
    memory.u8.copyWithin(pointer, oldPointer, oldPointer + Math.min(oldSize, size));
    return pointer;
  };
  const root = {
    hold: (bytes: number) => void (counted.held += bytes),
    charge: (bytes: number) => void (counted.charged += bytes),
  };
  const instance = { root, mayLeave: true, refused: undefined } as unknown as InstanceContext;
  const context = new CanonicalContext(instance, { memory, realloc, encoding, side });
  const bytes = (pointer: number, length: number): number[] => [
    ...memory.u8.subarray(pointer, pointer + length),
  ];
  return { context, memory, allocations, counted, bytes };
}
