import { koffiFfi } from '../koffi-ffi.js';
import { libc } from '../libc.js';

const SECOND_NS = 1e9;
/** Longer deadlines are of no use. */
const MOST_MS = 1e9;

/** Indices of 32-bit words: a `timespec` has two numbers of 64 bits, and the seconds fit 32 bits until 2106. */
const SECONDS = 0;
const NANOSECONDS = 2;

/**
 * Waits for a semaphore until a deadline, and looks around meanwhile. Times are integers in memory: the fractions that
 * JavaScript's clock gives would be new objects on each block. Realtime: yes.
 */
export class TimedWait {
  readonly #memory = koffiFfi.allocate(32);
  readonly #now = new Uint32Array(this.#memory.bytes, 0, 4);
  /** Until when the system waits. */
  readonly #until = new Uint32Array(this.#memory.bytes, 16, 4);
  readonly #deadline = new Uint32Array(4);
  readonly #readClock: () => unknown;
  readonly #tryWait: () => boolean;
  readonly #lookNs: number;

  /** @param lookMs between two looks, in milliseconds, below 1000 */
  constructor(semaphore: number, lookMs: number) {
    this.#lookNs = lookMs * 1e6;
    // Addresses as variables of closures: read from a field, each would be a new number object each time.
    const now = this.#memory.address;
    const until = now + 16;
    const { clockGettime, semWaitUntil } = libc();
    this.#readClock = () => clockGettime(now);
    this.#tryWait = () => semWaitUntil(semaphore, until) === 0;
  }

  /** Sets the deadline so many milliseconds from now. */
  begin(ms: number): void {
    this.#readClock();
    const whole = Math.min(ms, MOST_MS);
    const seconds = Math.floor(whole / 1000);
    setLater(this.#deadline, this.#now, { seconds, nanoseconds: Math.floor((whole - seconds * 1000) * 1e6) });
  }

  /** Waits until the next look or the deadline. State: the clock was read. Returns whether the semaphore was there. */
  waitAWhile(): boolean {
    setLater(this.#until, this.#now, { seconds: 0, nanoseconds: this.#lookNs });
    if (isBefore(this.#deadline, this.#until)) this.#until.set(this.#deadline);
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
}

function setLater(
  time: Uint32Array,
  from: Uint32Array,
  { seconds, nanoseconds }: { seconds: number; nanoseconds: number },
): void {
  const sum = (from[NANOSECONDS] as number) + nanoseconds;
  const carry = sum >= SECOND_NS ? 1 : 0;
  time[SECONDS] = (from[SECONDS] as number) + seconds + carry;
  time[NANOSECONDS] = sum - carry * SECOND_NS;
}

function isBefore(one: Uint32Array, other: Uint32Array): boolean {
  const [seconds, others] = [one[SECONDS] as number, other[SECONDS] as number];
  return seconds !== others
    ? seconds < others
    : (one[NANOSECONDS] as number) < (other[NANOSECONDS] as number);
}
