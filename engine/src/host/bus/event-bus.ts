import { fitsTopic, isTopic, isTopicPattern } from '@wasm-plugin/abi';
import type { Clock } from '../../reload/index.js';
import type { Publish, PublishRefusal } from '../../sandbox/index.js';
import { contentBytes, queuedBytes, type BusEvent, type EventContent } from './bus-event.js';
import type { BusFault, BusOptions, ListenOptions, SubscriberCounts } from './bus-options.js';
import { Subscriber, type Receiver } from './subscriber.js';

/** Bounds of one turn: so many deliveries, so long. Then whatever else the thread has to do comes first. */
const TURN_EVENTS = 256;
const TURN_MS = 4;
/** The longest chain of events that answer each other. */
const MOST_DEPTH = 32;

/** Events that a plugin has published in a second. */
interface Rate {
  second: number;
  events: number;
  isTold: boolean;
}

/**
 * The event bus of a host. Publishing fills queues and calls nobody: events are delivered later, one at a time to each subscriber, in
 * turns between all that the thread has to do otherwise. So neither a slow subscriber nor one that never returns holds up
 * anybody else. An event is delivered at most once.
 */
export class EventBus {
  readonly #clock: Clock;
  readonly #options: Required<BusOptions>;
  readonly #subscribers = new Set<Subscriber>();
  /** Those that may have an event to take, in the order in which they have their turn. */
  readonly #ready = new Set<Subscriber>();
  readonly #plugins = new Map<string, Subscriber>();
  readonly #rates = new Map<string, Rate>();
  readonly #onListenerError: (error: unknown) => void;
  #isScheduled = false;
  #isClosed = false;
  /** Depth of what the listener of the host that runs now publishes. */
  #hostDepth = 0;

  /** @param options.onListenerError hears what a listener of the host throws */
  constructor(options: BusOptions & { clock: Clock; onListenerError?: (error: unknown) => void }) {
    const { clock, onListenerError = () => undefined } = options;
    const { contentBytes: content = 65_536, eventsPerSecond = 1000, queueEvents = 256 } = options;
    const { queueBytes = 2 ** 20, lateMs = 5000 } = options;
    this.#clock = clock;
    this.#options = { contentBytes: content, eventsPerSecond, queueEvents, queueBytes, lateMs };
    this.#onListenerError = onListenerError;
  }

  /**
   * Publishes an event of the host. It is in the queues when this returns; nobody has received it yet.
   * @returns the number of its subscribers
   * @throws {TypeError} for a text that is no topic, and for content over `contentBytes`
   */
  publish(topic: string, content?: string | Uint8Array): number {
    if (!isTopic(topic))
      throw new TypeError(
        `Cannot publish: ${JSON.stringify(topic)} is no topic such as "player.track.changed"`,
      );
    const event: BusEvent = { topic, publisher: undefined, content: contentOf(content) };
    const bytes = contentBytes(event.content);
    if (bytes > this.#options.contentBytes)
      throw new TypeError(
        `Cannot publish "${topic}": its content has ${bytes} bytes, at most ${this.#options.contentBytes} are allowed`,
      );
    return this.#send(event, this.#hostDepth);
  }

  /**
   * Calls a listener of the host at each event whose topic a pattern fits. The next event waits for the promise that it returns.
   * @returns a function that ends this
   * @throws {TypeError} for a text that is no pattern
   * @example
   * const end = host.bus.subscribe('player.**', ({ topic, publisher }) => console.log(topic, publisher));
   */
  subscribe(
    pattern: string,
    listener: (event: BusEvent, missed: number) => unknown,
    options: ListenOptions = {},
  ): () => void {
    if (!isTopicPattern(pattern))
      throw new TypeError(`Cannot subscribe: ${JSON.stringify(pattern)} is no topic such as "player.*"`);
    const { queueEvents = this.#options.queueEvents, overflow = 'drop-oldest' } = options;
    const subscriber: Subscriber = this.#add({
      plugin: undefined,
      queueEvents,
      queueBytes: this.#options.queueBytes,
      overflow,
      accepts: (topic) => fitsTopic(pattern, topic),
      isServing: () => true,
      isUnreached: () => false,
      receive: (event, missed) => {
        this.#hostDepth = subscriber.depth;
        try {
          return listener(copyOf(event), missed);
        } finally {
          this.#hostDepth = 0;
        }
      },
      onFault: (fault) => {
        if (fault.kind === 'failed') this.#onListenerError(fault.error);
      },
    });
    return () => this.#remove(subscriber);
  }

  /** Returns the counts of each subscriber. */
  counts(): SubscriberCounts[] {
    return [...this.#subscribers].map((subscriber) => subscriber.counts());
  }

  /**
   * Returns the function by which a plugin publishes. Topics were checked, and granted.
   * @param onFault hears of refusals, at most once a second
   */
  publisher(plugin: string, onFault: (fault: BusFault) => void): Publish {
    return (topic, content) => {
      const refused = this.#refusal(plugin, content);
      if (refused !== undefined) {
        const { tag: reason } = refused;
        const rate = this.#rates.get(plugin);
        if (reason !== 'too-large' && rate?.isTold === false) {
          rate.isTold = true;
          onFault({ kind: 'refused', topic, reason });
        }
        return refused;
      }
      return this.#send({ topic, publisher: plugin, content }, this.#depthOf(plugin));
    };
  }

  /** Lets a plugin receive events; it keeps its queue until `detach`. */
  attach(plugin: string, receiver: Omit<Receiver, 'queueBytes' | 'plugin'>): void {
    this.detach(plugin);
    const { queueBytes } = this.#options;
    const queueEvents = Math.min(receiver.queueEvents, this.#options.queueEvents);
    this.#plugins.set(plugin, this.#add({ ...receiver, plugin, queueBytes, queueEvents }));
  }

  /** Goes on with a plugin that serves again. @returns false if it is not attached */
  wake(plugin: string): boolean {
    const subscriber = this.#plugins.get(plugin);
    if (subscriber !== undefined) this.#makeReady(subscriber);
    return subscriber !== undefined;
  }

  /** Ends a plugin's subscription; its queue is dropped. */
  detach(plugin: string): void {
    const subscriber = this.#plugins.get(plugin);
    if (subscriber === undefined) return;
    this.#plugins.delete(plugin);
    this.#remove(subscriber);
  }

  /** Forgets the rate of a plugin that is gone. */
  forget(plugin: string): void {
    this.#rates.delete(plugin);
  }

  /** Delivers nothing any more. */
  close(): void {
    this.#isClosed = true;
    this.#subscribers.clear();
    this.#ready.clear();
    this.#plugins.clear();
  }

  #refusal(plugin: string, content: EventContent): PublishRefusal | undefined {
    const { contentBytes: most, eventsPerSecond } = this.#options;
    const now = this.#clock.now();
    let rate = this.#rates.get(plugin);
    if (rate === undefined) this.#rates.set(plugin, (rate = { second: now, events: 0, isTold: false }));
    else if (now - rate.second >= 1000) Object.assign(rate, { second: now, events: 0, isTold: false });
    if (++rate.events > eventsPerSecond) return { tag: 'too-many' };
    if (this.#depthOf(plugin) > MOST_DEPTH) return { tag: 'too-deep' };
    return contentBytes(content) > most ? { tag: 'too-large', val: most } : undefined;
  }

  #depthOf(plugin: string): number {
    return this.#plugins.get(plugin)?.depth ?? 0;
  }

  #send(event: BusEvent, depth: number): number {
    if (this.#isClosed) return 0;
    const queued = { ...event, depth, bytes: queuedBytes(event) };
    let count = 0;
    for (const subscriber of this.#subscribers) {
      const { receiver } = subscriber;
      if (event.publisher !== undefined && receiver.plugin === event.publisher) continue;
      if (!receiver.accepts(event.topic)) continue;
      count++;
      subscriber.push(queued);
      this.#makeReady(subscriber);
    }
    return count;
  }

  #add(receiver: Receiver): Subscriber {
    const { lateMs } = this.#options;
    const wake = (subscriber: Subscriber): void => this.#makeReady(subscriber);
    const added = new Subscriber(receiver, { clock: this.#clock, lateMs, wake });
    this.#subscribers.add(added);
    return added;
  }

  #remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    this.#ready.delete(subscriber);
  }

  #makeReady(subscriber: Subscriber): void {
    if (!subscriber.isReady || !this.#subscribers.has(subscriber)) return;
    this.#ready.add(subscriber);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#ready.size === 0) return;
    this.#isScheduled = true;
    this.#clock.after(0, () => this.#turn());
  }

  #turn(): void {
    this.#isScheduled = false;
    const until = this.#clock.now() + TURN_MS;
    let left = TURN_EVENTS;
    // A subscriber that goes to the end of the set comes again in this loop.
    for (const subscriber of this.#ready) {
      if (--left < 0 || this.#clock.now() > until) break;
      this.#ready.delete(subscriber);
      if (subscriber.isReady) subscriber.deliver();
      if (subscriber.isReady && this.#subscribers.has(subscriber)) this.#ready.add(subscriber);
    }
    this.#schedule();
  }
}

function contentOf(content: string | Uint8Array | undefined): EventContent {
  if (content === undefined) return { tag: 'empty' };
  return typeof content === 'string' ? { tag: 'text', val: content } : { tag: 'bytes', val: content.slice() };
}

/** Bytes are in several queues: a listener that writes into them has its own. */
function copyOf({ topic, publisher, content }: BusEvent): BusEvent {
  if (content.tag !== 'bytes') return { topic, publisher, content };
  return { topic, publisher, content: { tag: 'bytes', val: content.val.slice() } };
}
