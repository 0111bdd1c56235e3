import { QuotaError, TrapError } from '@wasm-plugin/abi';
import { tightestCall } from '../meter/index.js';
import { SYSTEM_CLOCK, type HostClock } from './host-clock.js';

/** Something that is ready now or later. */
export interface Source {
  ready(): boolean;
  /** Time at which it becomes ready, by the monotonic clock; `undefined` if the bell rings instead. */
  readonly dueNs: bigint | undefined;
}

/** A source that is always ready. */
export const READY: Source = { ready: () => true, dueNs: 0n };

/** Blocks the thread of the host until something is ready, for as long as the call in progress may take. */
export class Waiter {
  /** Another thread changes and notifies it when something may have become ready. */
  readonly bell: Int32Array;
  readonly clock: Required<HostClock>;
  readonly #limitMs: number;
  readonly #plugin: string | undefined;

  constructor(options: { clock: HostClock; limitMs: number; plugin: string | undefined }) {
    const { clock } = options;
    const shared = typeof SharedArrayBuffer === 'function';
    this.bell = new Int32Array(shared ? new SharedArrayBuffer(4) : new ArrayBuffer(4));
    this.clock = {
      monotonicNs: () => clock.monotonicNs(),
      wallNs: () => clock.wallNs(),
      wait: clock.wait?.bind(clock) ?? SYSTEM_CLOCK.wait,
    };
    this.#limitMs = options.limitMs;
    this.#plugin = options.plugin;
  }

  /**
   * Waits, and gives the indices of the sources that are ready.
   * @throws {QuotaError} WP_QUOTA_WALL if that takes longer than a wait may, or than the call in progress has left
   * @throws {TrapError} WP_TRAP_HOST if there is nothing to wait for
   */
  wait(sources: readonly Source[]): Uint32Array {
    if (sources.length === 0) {
      throw new TrapError('WP_TRAP_HOST', 'Cannot wait: the list of pollables is empty', {
        plugin: this.#plugin,
      });
    }
    const startNs = this.clock.monotonicNs();
    const { limitMs, earlierMs } = this.#allowed();
    for (;;) {
      const value = Atomics.load(this.bell, 0);
      const ready = sources.flatMap((source, index) => (source.ready() ? [index] : []));
      if (ready.length > 0) return new Uint32Array(ready);
      const nowNs = this.clock.monotonicNs();
      const usedMs = earlierMs + millis(nowNs - startNs);
      const leftMs = limitMs - usedMs;
      const dueMs = Math.min(
        ...sources.map(({ dueNs }) => (dueNs === undefined ? Infinity : millis(dueNs - nowNs))),
      );
      const isHopeless = dueMs > leftMs && sources.every(({ dueNs }) => dueNs !== undefined);
      if (leftMs <= 0 || isHopeless) {
        throw this.#tooLong(limitMs, { usedMs, endMs: isHopeless ? usedMs + dueMs : undefined });
      }
      this.clock.wait(Math.max(0.001, Math.min(dueMs, leftMs)), this.bell, value);
    }
  }

  /** Returns the limit of this wait, and the time that earlier waits of the same call have taken. */
  #allowed(): { limitMs: number; earlierMs: number } {
    const call = tightestCall();
    const leftMs = call?.wallLeftMs() ?? Infinity;
    if (call === undefined || leftMs >= this.#limitMs) return { limitMs: this.#limitMs, earlierMs: 0 };
    return { limitMs: call.wallMs, earlierMs: call.wallMs - leftMs };
  }

  /** Returns the error for a wait whose end is known to be after the limit, without waiting. */
  #tooLong(limitMs: number, { usedMs, endMs }: { usedMs: number; endMs: number | undefined }): QuotaError {
    return new QuotaError('WP_QUOTA_WALL', {
      limit: 'wallMs',
      unit: 'ms',
      allowed: limitMs,
      used: Math.ceil(usedMs),
      plugin: this.#plugin,
      ...(endMs !== undefined && {
        reason: `the limit "wallMs" of ${limitMs} ms would be passed by a wait that ends after ${Math.ceil(endMs)} ms`,
      }),
    });
  }
}

function millis(ns: bigint): number {
  return Number(ns) / 1e6;
}
