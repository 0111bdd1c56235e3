import { LIMITS, QuotaError, type ResolvedLimits } from '@wasm-plugin/abi';
import type { CallMeter, CallUse } from './call-meter.js';

/** Bytes between two looks at the deadlines: some 50 to 300 microseconds of lifting. */
const LOOK_BYTES = 64 * 1024;

/**
 * The most that objects and texts of one crossing hold at once: this, or an eighth of `hostBytes` if that is more. A default
 * heap of Node.js can take it several times over, also if the machine has little memory.
 */
const LEAST_HELD_BYTES = 128 * 2 ** 20;
const HELD_SHARE = 1 / 8;

/** Counts the host's work and memory for a guest within one call: bytes across the boundary, and calls of imports. */
export class HostBudget {
  /** The plugin's name, for errors. */
  readonly plugin: string | undefined;
  readonly limits: ResolvedLimits;
  /** Counts the guest's fuel, if a limit needs it. */
  meter: CallMeter | undefined;
  /** Bytes lifted and lowered so far. */
  bytes = 0;
  /** Bound of `bytes` in the call in progress; each call from the host sets it. */
  #bytesEnd: number;
  /** Value of `bytes` at which budgets and deadlines are checked next. */
  #checkAt = 0;
  /** Value of `bytes` when the crossing in progress began, plus bytes counted since that JavaScript does not hold. */
  crossing = 0;
  readonly #mostHeld: number;
  /** Calls of host imports so far. */
  hostCalls = 0;
  /** Bound of `hostCalls` in the call in progress; each call from the host sets it. */
  #hostCallsEnd: number;
  /** Number of host calls in progress within the guest's call. */
  within = 0;
  /** True if anything was counted since a call began: most calls count nothing, and should cost nothing. */
  charged = true;

  constructor(plugin: string | undefined, limits: ResolvedLimits) {
    this.plugin = plugin;
    this.limits = limits;
    this.#bytesEnd = limits.hostBytes;
    this.#hostCallsEnd = limits.hostCalls;
    this.#mostHeld = Math.max(LEAST_HELD_BYTES, limits.hostBytes * HELD_SHARE);
  }

  /** A call from the host begins. */
  protected allowAnew(): void {
    this.charged = false;
    this.#bytesEnd = this.bytes + this.limits.hostBytes;
    this.#checkAt = 0;
    this.#hostCallsEnd = this.hostCalls + this.limits.hostCalls;
  }

  /** The next step of a call begins, which has used some of its budgets; `allowAnew` has been called. */
  protected allowRest({ hostBytes, hostCalls }: CallUse): void {
    this.charged = true;
    this.#bytesEnd = this.bytes + this.limits.hostBytes - hostBytes;
    this.#hostCallsEnd = this.hostCalls + this.limits.hostCalls - hostCalls;
  }

  /**
   * Counts bytes that cross the boundary, before they are copied: bytes of the guest, or outside of the JavaScript heap, which
   * are lists of numbers and lowered values.
   * @throws {QuotaError} WP_QUOTA_HOST, or that of a deadline that has passed
   */
  charge(bytes: number): void {
    this.charged = true;
    this.crossing += bytes;
    if ((this.bytes += bytes) > this.#checkAt) this.#check();
  }

  /**
   * Counts bytes that JavaScript is about to hold for a value that is lifted: texts, objects, arrays.
   * @throws {QuotaError} WP_QUOTA_HOST, or that of a deadline that has passed
   */
  hold(bytes: number): void {
    this.charged = true;
    if ((this.bytes += bytes) > this.#checkAt) this.#check();
  }

  /** Counts a call of a host import, before it is made. Once nothing of the host runs any more, `within` is to be less. */
  countHostCall(): void {
    this.charged = true;
    this.within++;
    if (++this.hostCalls > this.#hostCallsEnd) {
      throw this.#exceeded('hostCalls', { over: this.hostCalls - this.#hostCallsEnd });
    }
  }

  #check(): void {
    const over = this.bytes - this.#bytesEnd;
    if (over > 0) throw this.#exceeded('hostBytes', { over });
    const held = this.bytes - this.crossing;
    if (held > this.#mostHeld) {
      const reason =
        `the values of one call would hold ${held} bytes of the heap of JavaScript; at most ${this.#mostHeld} are` +
        ` allowed, the larger of 128 MiB and an eighth of the limit "hostBytes" of ${this.limits.hostBytes} bytes`;
      throw this.#exceeded('hostBytes', { over: held - this.limits.hostBytes, reason });
    }
    this.#checkAt = Math.min(this.#bytesEnd, this.bytes + LOOK_BYTES);
    this.meter?.look();
  }

  #exceeded(
    limit: 'hostBytes' | 'hostCalls',
    { over, reason }: { over: number; reason?: string },
  ): QuotaError {
    const allowed = this.limits[limit];
    return new QuotaError('WP_QUOTA_HOST', {
      limit,
      unit: LIMITS[limit].unit,
      allowed,
      used: allowed + over,
      plugin: this.plugin,
      ...(reason !== undefined && { reason }),
    });
  }
}
