import type { Overflow } from '@wasm-plugin/abi/manifest';
import type { Clock } from '../../reload/index.js';
import type { BusEvent, QueuedEvent } from './bus-event.js';
import { EventQueue } from './event-queue.js';
import type { BusFault, SubscriberCounts } from './bus-options.js';

/** Somebody who receives events. */
export interface Receiver {
  /** `undefined` for a listener of the host. */
  readonly plugin: string | undefined;
  readonly queueEvents: number;
  readonly queueBytes: number;
  readonly overflow: Overflow;
  /** Returns whether it is to have the events of a topic, as things are now. */
  accepts(topic: string): boolean;
  /** Returns whether it can take an event now; if not, somebody calls `wake` later. */
  isServing(): boolean;
  /** Takes an event. A promise settles once it is done. */
  receive(event: BusEvent, missed: number): unknown;
  /** Returns whether an error means that the receiver was not reached, so that the event is to be sent again. */
  isUnreached(error: unknown): boolean;
  onFault(fault: BusFault): void;
}

/** Time until an event is sent again to a plugin that is being replaced, in milliseconds. */
const AGAIN_MS = 10;

/** A receiver with its queue: takes one event at a time. */
export class Subscriber {
  readonly receiver: Receiver;
  readonly #queue: EventQueue;
  readonly #clock: Clock;
  readonly #lateMs: number;
  readonly #wake: (subscriber: Subscriber) => void;
  /** The event that it deals with. */
  #current: QueuedEvent | undefined;
  /** The event to send again. */
  #unreached: QueuedEvent | undefined;
  #delivered = 0;
  #dropped = 0;
  #failed = 0;
  #isDropping = false;
  #isFailing = false;

  /** @param options.wake hears that it can take an event again */
  constructor(
    receiver: Receiver,
    options: { clock: Clock; lateMs: number; wake: (subscriber: Subscriber) => void },
  ) {
    this.receiver = receiver;
    this.#clock = options.clock;
    this.#lateMs = options.lateMs;
    this.#wake = options.wake;
    const { queueEvents: events, queueBytes: bytes, overflow } = receiver;
    this.#queue = new EventQueue({ events, bytes, overflow });
  }

  /** Length of the chain of events that it answers now, if it publishes one. */
  get depth(): number {
    return this.#current === undefined ? 0 : this.#current.depth + 1;
  }

  /** Returns whether an event waits and can be delivered now. */
  get isReady(): boolean {
    return this.#current === undefined && this.#waiting > 0 && this.receiver.isServing();
  }

  counts(): SubscriberCounts {
    const { plugin } = this.receiver;
    const [delivered, dropped, failed] = [this.#delivered, this.#dropped, this.#failed];
    return { plugin, queued: this.#waiting, delivered, dropped, failed };
  }

  /** Puts an event into the queue. */
  push(event: QueuedEvent): void {
    const lost = this.#queue.push(event);
    if (lost === 0) return;
    this.#dropped += lost;
    if (!this.#isDropping) this.receiver.onFault({ kind: 'dropped', topic: event.topic });
    this.#isDropping = true;
  }

  /** Delivers the oldest event, and returns at once where the receiver answers by a promise. */
  deliver(): void {
    const event = this.#unreached ?? this.#queue.shift();
    this.#unreached = undefined;
    if (event === undefined || !this.receiver.accepts(event.topic)) return;
    const missed = this.#queue.takeMissed();
    if (this.#waiting === 0) this.#isDropping = false;
    this.#current = event;
    try {
      const result = this.receiver.receive(event, missed);
      if (result instanceof Promise) this.#await(event, result);
      else this.#done();
    } catch (error) {
      this.#fail(event, error);
    }
  }

  get #waiting(): number {
    return this.#queue.size + (this.#unreached === undefined ? 0 : 1);
  }

  #await(event: QueuedEvent, result: Promise<unknown>): void {
    const { topic } = event;
    const cancel = this.#clock.after(this.#lateMs, () => this.receiver.onFault({ kind: 'late', topic }));
    result.then(
      () => {
        cancel();
        this.#done();
        this.#wake(this);
      },
      (error: unknown) => {
        cancel();
        this.#fail(event, error);
        this.#wake(this);
      },
    );
  }

  #done(): void {
    this.#current = undefined;
    this.#delivered++;
    this.#isFailing = false;
  }

  #fail(event: QueuedEvent, error: unknown): void {
    if (this.receiver.isUnreached(error)) {
      // It stays the current one until then, so that nothing overtakes it.
      this.#clock.after(AGAIN_MS, () => {
        this.#unreached = event;
        this.#current = undefined;
        this.#wake(this);
      });
      return;
    }
    this.#current = undefined;
    this.#failed++;
    if (!this.#isFailing) this.receiver.onFault({ kind: 'failed', topic: event.topic, error });
    this.#isFailing = true;
  }
}
