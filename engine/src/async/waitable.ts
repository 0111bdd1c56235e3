import { abiTrap, type TableEntry } from '../canonical/index.js';
import type { Event } from './event.js';

/** Something that runs again once a set has an event. */
export interface Waiter {
  wake(): void;
}

/**
 * Something that a guest waits for (specification: `Waitable`). It has one event pending at most, which is made when it is
 * delivered: it says how things are then.
 */
export abstract class Waitable implements TableEntry {
  readonly type = undefined;
  lends = 0;
  #set: WaitableSet | undefined;
  #pending: (() => Event) | undefined;

  get isPending(): boolean {
    return this.#pending !== undefined;
  }

  get isInSet(): boolean {
    return this.#set !== undefined;
  }

  setPending(event: () => Event): void {
    this.#pending = event;
    this.#set?.becamePending(this);
  }

  /** Takes the pending event. */
  takeEvent(): Event {
    const pending = this.#pending as () => Event;
    this.#pending = undefined;
    this.#set?.ready.delete(this);
    return pending();
  }

  join(set: WaitableSet | undefined): void {
    this.#set?.remove(this);
    this.#set = set;
    set?.add(this);
  }
}

/** Waitables, one of which a guest waits for (specification: `WaitableSet`). The first to be pending is delivered first. */
export class WaitableSet implements TableEntry {
  readonly type = undefined;
  lends = 0;
  readonly #elements = new Set<Waitable>();
  /** Those with an event, in the order in which they got it. */
  readonly ready = new Set<Waitable>();
  /** Those who wait for an event of it, in the order in which they came. */
  readonly waiters = new Set<Waiter>();

  add(waitable: Waitable): void {
    this.#elements.add(waitable);
    if (waitable.isPending) this.becamePending(waitable);
  }

  remove(waitable: Waitable): void {
    this.#elements.delete(waitable);
    this.ready.delete(waitable);
  }

  becamePending(waitable: Waitable): void {
    this.ready.add(waitable);
    for (const waiter of this.waiters) waiter.wake();
  }

  get hasEvent(): boolean {
    return this.ready.size > 0;
  }

  /** Takes the event that came first. */
  takeEvent(): Event {
    const [first] = this.ready;
    return (first as Waitable).takeEvent();
  }

  /** @throws {TrapError} WP_TRAP_ABI if it is in use */
  checkUnused(): void {
    if (this.#elements.size > 0) throw abiTrap('cannot drop waitable set with waitables in it');
    if (this.waiters.size > 0) throw abiTrap('cannot drop waitable set with waiters');
  }
}
