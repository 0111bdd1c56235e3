import { koffiFfi } from '../koffi-ffi.js';
import { libc } from '../libc.js';
import type { Signal } from './signal.js';

const SECOND_NS = 1e9;
/** Longer deadlines are of no use. */
const MOST_MS = 1e9;

/** Indices of 32-bit words: a `timespec` has two numbers of 64 bits, and the seconds fit 32 bits until 2106. */
const SECONDS = 0;
const NANOSECONDS = 2;

/**
 * Waits for a signal until a deadline, and looks around meanwhile. Times are integers in memory: the fractions that
 * JavaScript's clock gives would be new objects on each block. Realtime: yes.
 */
export class TimedWait {
  readonly #memory = koffiFfi.allocate(32);
  readonly #now = new Uint32Array(this.#memory.bytes, 0, 4);
  /** Until when the system waits. */
  readonly #until = new Uint32Array(this.#memory.bytes, 16, 4);
  readonly #deadline = new Uint32Array(4);
  /** Time limit of a call, and the time between two looks. */
  readonly #allowed = new Uint32Array(4);
  readonly #look = new Uint32Array(4);
  readonly #readClock: () => unknown;
  readonly #tryWait: () => boolean;
  #allowedMs = 0;

  /** @param lookMs between two looks, in milliseconds */
  constructor(signal: Signal, lookMs: number) {
    setSpan(this.#look, lookMs);
    // Addresses as variables of closures: read from a field, each would be a new number object each time.
    const now = this.#memory.address;
    const until = now + 16;
    const { clockGettime } = libc();
    const { take } = signal;
    this.#readClock = () => clockGettime(now);
    this.#tryWait = () => take(until);
  }

  /** Sets the deadline so many milliseconds from now. */
  begin(ms: number): void {
    if (ms !== this.#allowedMs) {
      this.#allowedMs = ms;
      setSpan(this.#allowed, ms);
    }
    this.#readClock();
    this.#setLater(this.#deadline, this.#allowed);
  }

  /** Waits until the next look or the deadline. State: the clock was read. Returns true if the signal was there. */
  waitAWhile(): boolean {
    this.#setLater(this.#until, this.#look);
    if (isBefore(this.#deadline, this.#until)) {
      this.#until[SECONDS] = this.#deadline[SECONDS] as number;
      this.#until[NANOSECONDS] = this.#deadline[NANOSECONDS] as number;
    }
    return this.#tryWait();
  }

  /** Reads the clock. Returns whether the deadline is over. */
  isLate(): boolean {
    this.#readClock();
    return !isBefore(this.#now, this.#deadline);
  }

  free(): void {
    this.#memory.free();
  }

  /** Sets a time to a span after the clock's. */
  #setLater(time: Uint32Array, span: Uint32Array): void {
    const sum = (this.#now[NANOSECONDS] as number) + (span[NANOSECONDS] as number);
    const carry = sum >= SECOND_NS ? 1 : 0;
    time[SECONDS] = (this.#now[SECONDS] as number) + (span[SECONDS] as number) + carry;
    time[NANOSECONDS] = sum - carry * SECOND_NS;
  }
}

function setSpan(span: Uint32Array, ms: number): void {
  const whole = Math.min(ms, MOST_MS);
  const seconds = Math.floor(whole / 1000);
  span[SECONDS] = seconds;
  span[NANOSECONDS] = Math.floor((whole - seconds * 1000) * 1e6);
}

function isBefore(one: Uint32Array, other: Uint32Array): boolean {
  const seconds = one[SECONDS] as number;
  const others = other[SECONDS] as number;
  return seconds !== others
    ? seconds < others
    : (one[NANOSECONDS] as number) < (other[NANOSECONDS] as number);
}
