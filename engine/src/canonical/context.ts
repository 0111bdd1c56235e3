import type { InstanceContext } from './instance-context.js';
import type { MemoryViews } from './memory-views.js';
import { abiTrap, badValue } from './traps.js';

export type StringEncoding = 'utf8' | 'utf16' | 'latin1+utf16';

/**
 * The other side of a call: JavaScript or another component. Between components strings keep their encoding's
 * facts, handles are bare representations, and a function's result is not turned into an exception.
 */
export type Side = 'host' | 'component';

/** The core `cabi_realloc`. */
export type Realloc = (oldPointer: number, oldSize: number, align: number, size: number) => number;

/** The canonical options of one lift or lower, with its instance (specification: `LiftLowerContext`). */
export class CanonicalContext {
  readonly instance: InstanceContext;
  readonly memory: MemoryViews;
  readonly realloc: Realloc | undefined;
  readonly encoding: StringEncoding;
  readonly side: Side;
  /** Second result of `storeString` and `storeList`: code units (tagged), or elements. */
  length = 0;

  constructor(
    instance: InstanceContext,
    options: {
      memory: MemoryViews | undefined;
      realloc: Realloc | undefined;
      encoding: StringEncoding;
      side: Side;
    },
  ) {
    this.instance = instance;
    this.memory = options.memory as MemoryViews;
    this.realloc = options.realloc;
    this.encoding = options.encoding;
    this.side = options.side;
  }

  /** Calls the guest's `realloc` and checks its result. Views may be renewed. */
  allocate(oldPointer: number, oldSize: number, align: number, size: number): number {
    const { instance, memory } = this;
    if (this.realloc === undefined) throw abiTrap('it has no realloc function');
    instance.mayLeave = false;
    const pointer = this.realloc(oldPointer, oldSize, align, size) >>> 0;
    // Spelled out: a reload's pause runs this cold, where each call counts.
    instance.mayLeave = true;
    if (instance.refused !== undefined) throw instance.refused.error;
    if (memory.u8.length === 0) memory.renew();
    if ((pointer & (align - 1)) !== 0) throw abiTrap('realloc return: result not aligned');
    if (pointer + size > memory.u8.length) throw abiTrap('realloc return: beyond end of memory');
    return pointer;
  }

  /** Checks a range that the guest named, before anything of it is read or written. */
  check(pointer: number, size: number, align: number): void {
    if ((pointer & (align - 1)) !== 0) throw badValue('unaligned pointer');
    if (pointer + size > this.memory.u8.length) throw badValue('pointer out of bounds of memory');
  }
}
