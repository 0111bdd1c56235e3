import type { PluginError } from '@wasm-plugin/abi';
import type { CoreFunction } from './core-function.js';

/** The amounts that a call which goes on over several steps has used of its limits. */
export interface CallUse {
  fuel: number;
  timeMs: number;
  hostBytes: number;
  hostCalls: number;
}

/** The meter of a root instance, as lifts and lowers use it. */
export interface CallMeter {
  /** A call from the host begins, and will run more than one core function. */
  beginCall(): void;
  /**
   * The next step of a call begins: what `use` has left of the limits is its. `beginCall` follows, and `endStep`.
   * @throws {QuotaError} WP_QUOTA_FUEL, WP_QUOTA_TIME if nothing is left
   */
  beginStep(use: CallUse): void;
  /** It ends, by an exception or not: `use` grows by what the step has used. */
  endStep(use: CallUse): void;
  /** The limit on the time of a call with everything in it, in milliseconds. */
  readonly wallMs: number;
  /** A call from the host begins within another, whose budgets it goes on with. */
  enterNested(): void;
  /** It ends. */
  leaveNested(): void;
  /** Returns the function that begins a call by itself, at less cost, in place of a core function. */
  armed(core: CoreFunction): CoreFunction | undefined;
  /**
   * A call from the host ends, and nothing of the guest is left to run.
   * @throws {QuotaError} WP_QUOTA_TIME, WP_QUOTA_WALL if a deadline has passed
   */
  endCall(): void;
  /** The instance dies: nothing of a call in progress goes on. */
  abandonCall(): void;
  /** A host import begins. */
  pause(): void;
  /**
   * A host import has returned.
   * @throws {QuotaError} WP_QUOTA_TIME, WP_QUOTA_WALL if a deadline has passed
   */
  resume(): void;
  /**
   * Looks at the deadlines now. To be called wherever the host works for the guest, about once in each 10 microseconds of
   * work, e.g. every 1,000 elements or 10,000 characters that it lifts or lowers. It costs about 0.1 microseconds if a time
   * limit is set, and next to nothing if none is.
   * @throws {QuotaError} WP_QUOTA_TIME, WP_QUOTA_WALL if a deadline has passed
   */
  look(): void;
  /**
   * The host did a little work for the guest, of about a microsecond at most, e.g. passed a call on to another component or
   * made a handle. Some of these look at the deadlines.
   * @throws {QuotaError} WP_QUOTA_TIME, WP_QUOTA_WALL if a deadline has passed
   */
  tick(): void;
  /** Returns the error of the quota that has ended the call, if one has. `cause` is the exception that left the guest. */
  exceeded(cause?: unknown): PluginError | undefined;
}
