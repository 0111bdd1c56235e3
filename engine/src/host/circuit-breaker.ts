import type { Clock } from '../reload/index.js';

/**
 * `closed`: all is well. `open`: too many tries have failed, and none is made for a while. `half-open`: one is made, and its
 * result decides.
 */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** Bounds at which a breaker opens, and times. */
export interface BreakerOptions {
  /** So many failures within `withinMs` open it. @default 3 */
  readonly failures?: number;
  /** @default 60,000 */
  readonly withinMs?: number;
  /** Time for which it is open, in milliseconds. @default 30,000 */
  readonly openMs?: number;
  /** Time without a failure after which a half-open one closes, in milliseconds. @default 10,000 */
  readonly proveMs?: number;
}

/** Stops tries of an operation that fails repeatedly. */
export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #options: Required<BreakerOptions>;
  readonly #onChange: (from: BreakerState, to: BreakerState) => void;
  #state: BreakerState = 'closed';
  #failures: number[] = [];
  #cancel: (() => void) | undefined;

  constructor(
    clock: Clock,
    options: BreakerOptions & { onChange?: (from: BreakerState, to: BreakerState) => void } = {},
  ) {
    const { failures = 3, withinMs = 60_000, openMs = 30_000, proveMs = 10_000, onChange } = options;
    this.#clock = clock;
    this.#options = { failures, withinMs, openMs, proveMs };
    this.#onChange = onChange ?? ((): void => undefined);
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Notes that something failed. */
  fail(): void {
    const now = this.#clock.now();
    const { failures, withinMs } = this.#options;
    this.#failures = [...this.#failures.filter((at) => now - at < withinMs), now];
    if (this.#state === 'half-open' || (this.#state === 'closed' && this.#failures.length >= failures))
      this.#open();
  }

  /** Notes that the try in the half-open state has started: the breaker closes, unless that one fails soon. */
  prove(): void {
    if (this.#state !== 'half-open') return;
    this.#cancel?.();
    this.#cancel = this.#clock.after(this.#options.proveMs, () => this.reset());
  }

  /** Closes it, and forgets the failures. */
  reset(): void {
    this.#cancel?.();
    this.#failures = [];
    this.#become('closed');
  }

  #open(): void {
    this.#cancel?.();
    this.#become('open');
    this.#cancel = this.#clock.after(this.#options.openMs, () => this.#become('half-open'));
  }

  #become(to: BreakerState): void {
    const from = this.#state;
    if (from === to) return;
    this.#state = to;
    this.#onChange(from, to);
  }
}
