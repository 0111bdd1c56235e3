import type { Overflow } from '@wasm-plugin/abi/manifest';

/** Bounds of the event bus of a host. */
export interface BusOptions {
  /** Most bytes of the content of an event. @default 65,536 */
  readonly contentBytes?: number;
  /** Events that a plugin may publish in a second. @default 1,000 */
  readonly eventsPerSecond?: number;
  /** Most events that wait for one subscriber; a manifest may ask for less. @default 256 */
  readonly queueEvents?: number;
  /** Most bytes of the events that wait for one subscriber. @default 1 MiB */
  readonly queueBytes?: number;
  /** Time after which the host is told that a subscriber has not returned, in milliseconds. @default 5,000 */
  readonly lateMs?: number;
}

/** Options of a listener of the host. */
export interface ListenOptions {
  /** @default that of the bus */
  readonly queueEvents?: number;
  /** Event that is lost when the queue is full. @default 'drop-oldest' */
  readonly overflow?: Overflow;
}

/** Counts of one subscriber. */
export interface SubscriberCounts {
  /** The plugin; `undefined` for a listener of the host. */
  readonly plugin: string | undefined;
  /** Events that wait. */
  readonly queued: number;
  /** Events that it took. */
  readonly delivered: number;
  /** Events that it lost since its queue was full. */
  readonly dropped: number;
  /** Events that it refused, or that it died of. */
  readonly failed: number;
}

/** Something that went wrong between a plugin and the bus. */
export type BusFault =
  /** Its queue is full, and it loses events. Told once until the queue is empty again. */
  | { readonly kind: 'dropped'; readonly topic: string }
  /** It has not returned from an event in time. Others are not held up. */
  | { readonly kind: 'late'; readonly topic: string }
  /** It refused an event, or died of it. Told once until it takes one. */
  | { readonly kind: 'failed'; readonly topic: string; readonly error: unknown }
  /** It may not publish an event: too many in a second, or a loop. Told once a second. */
  | { readonly kind: 'refused'; readonly topic: string; readonly reason: 'too-many' | 'too-deep' };
