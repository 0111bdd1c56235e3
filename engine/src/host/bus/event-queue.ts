import type { Overflow } from '@wasm-plugin/abi/manifest';
import type { QueuedEvent } from './bus-event.js';

/** Bounds of a queue. */
export interface QueueBounds {
  readonly events: number;
  readonly bytes: number;
  readonly overflow: Overflow;
}

/** The events that wait for one subscriber, the oldest first. Bounded in number and bytes. */
export class EventQueue {
  readonly #bounds: QueueBounds;
  /** By topic where the latest of each is kept, else by number. */
  readonly #events = new Map<string | number, QueuedEvent>();
  #next = 0;
  #bytes = 0;
  /** Events lost since `takeMissed`. */
  #missed = 0;

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#events.size;
  }

  /** Adds an event. @returns the number of events that are lost for it, itself counted */
  push(event: QueuedEvent): number {
    const { overflow, events, bytes } = this.#bounds;
    const key = overflow === 'keep-latest' ? event.topic : this.#next++;
    let lost = 0;
    this.#remove(key);
    const isFull = (): boolean => this.#events.size + 1 > events || this.#bytes + event.bytes > bytes;
    if (isFull() && (overflow === 'drop-newest' || event.bytes > bytes)) lost++;
    else {
      for (; isFull(); lost++) this.#remove(this.#events.keys().next().value as string | number);
      this.#events.set(key, event);
      this.#bytes += event.bytes;
    }
    this.#missed += lost;
    return lost;
  }

  /** Takes the oldest event out. */
  shift(): QueuedEvent | undefined {
    for (const [key, event] of this.#events) {
      this.#remove(key);
      return event;
    }
    return undefined;
  }

  /** Returns the number of events lost since the last time. */
  takeMissed(): number {
    const missed = Math.min(this.#missed, 0xffff_ffff);
    this.#missed = 0;
    return missed;
  }

  #remove(key: string | number): boolean {
    const event = this.#events.get(key);
    if (event === undefined) return false;
    this.#bytes -= event.bytes;
    return this.#events.delete(key);
  }
}
