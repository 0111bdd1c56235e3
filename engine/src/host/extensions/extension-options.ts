import type { BreakerOptions, BreakerState } from '../circuit-breaker.js';

/** Bounds of calls to the providers of extension points. */
export interface ExtensionOptions {
  /** Bounds at which a provider is no longer asked for a while. An error case of a WIT `result` counts as an answer. */
  readonly breaker?: Omit<BreakerOptions, 'proveMs'>;
  /** A call that takes longer counts as a failure, in milliseconds. @default 5,000 */
  readonly slowMs?: number;
  /** Times that a call of an idempotent interface is made again after a failure, if the caller can wait. @default 1 */
  readonly retries?: number;
  /** The most that such a call waits for a provider which is started anew, in milliseconds. @default 1,000 */
  readonly retryMs?: number;
}

/** Answer of one provider. */
export interface ProviderAnswer {
  readonly plugin: string;
  /** The result; `undefined` beside an error. */
  readonly value: unknown;
  /** The error case of a `result`, or the cause for which there is no answer. */
  readonly error: unknown;
}

/** Options of `first`. */
export interface FirstOptions {
  /** Returns whether a result is an answer. @default each is; an error never is */
  readonly accepts?: (value: unknown) => boolean;
}

/** A provider of an extension point is no longer asked, is tried again, or is asked again. */
export interface ExtensionEvent {
  readonly plugin: string;
  readonly interface: string;
  readonly from: BreakerState;
  readonly to: BreakerState;
}
