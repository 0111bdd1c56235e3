/** A slice this long in milliseconds is cut, and one shorter than `SHORT_SLICE_MS` is stretched. */
const LONG_SLICE_MS = 1;
const SHORT_SLICE_MS = 0.25;
const FIRST_SLICE = 100_000;
const LEAST_SLICE = 2_000;
const MOST_SLICE = 16_000_000;
/** What is given at once where no clock runs. */
const ENDLESS_SLICE = 2 ** 50;

/**
 * Keeps the time of one call after the other, and how much fuel to give at once so that the deadlines are looked at about
 * once a millisecond.
 */
export class CallClock {
  readonly #now: () => number;
  #timeMs = Infinity;
  #wallMs = Infinity;
  #startedAt = 0;
  #lastAt = 0;
  #lastHostMs = 0;
  #hostMsAtStart = 0;
  #hostMs = 0;
  #pausedAt = 0;
  #pauses = 0;
  /** How much fuel to give at once. */
  slice = ENDLESS_SLICE;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Sets the deadlines of the calls to come. */
  limit(timeMs = Infinity, wallMs = Infinity): void {
    this.#timeMs = timeMs;
    this.#wallMs = wallMs;
    const runs = timeMs !== Infinity || wallMs !== Infinity;
    if (!runs) this.slice = ENDLESS_SLICE;
    else if (this.slice === ENDLESS_SLICE) this.slice = FIRST_SLICE;
  }

  get runs(): boolean {
    return this.#timeMs !== Infinity || this.#wallMs !== Infinity;
  }

  /** Whether a call must start without fuel, so that the clock starts with it. */
  get startsAtEntry(): boolean {
    return this.#wallMs !== Infinity;
  }

  /** Stops the guest's clock: a host import begins. */
  pause(): void {
    if (this.#pauses++ === 0) this.#pausedAt = this.#now();
  }

  /** Starts the guest's clock again. */
  resume(): void {
    if (--this.#pauses === 0) this.#hostMs += this.#now() - this.#pausedAt;
  }

  /** Starts the clock of a call. */
  start(): void {
    this.#startedAt = this.#now();
    this.#lastAt = this.#startedAt;
    this.#hostMsAtStart = this.#hostMs;
    this.#lastHostMs = this.#hostMs;
  }

  /** How many milliseconds the call has left; infinite without a deadline. */
  leftMs(): number {
    const wall = this.#now() - this.#startedAt;
    const time = wall - (this.#hostMs - this.#hostMsAtStart);
    return Math.max(0, Math.min(this.#wallMs - wall, this.#timeMs - time));
  }

  /** Returns which deadline has passed, if any, and fits the slice to the guest's speed. */
  look(): { quota: 'timeMs' | 'wallMs'; limit: number; used: number } | undefined {
    const at = this.#now();
    const sliceMs = at - this.#lastAt - (this.#hostMs - this.#lastHostMs);
    this.#lastAt = at;
    this.#lastHostMs = this.#hostMs;
    if (sliceMs > LONG_SLICE_MS) this.slice = Math.max(LEAST_SLICE, Math.floor(this.slice / 2));
    else if (sliceMs < SHORT_SLICE_MS) this.slice = Math.min(MOST_SLICE, this.slice * 2);
    const wall = at - this.#startedAt;
    if (wall >= this.#wallMs) return { quota: 'wallMs', limit: this.#wallMs, used: wall };
    const time = wall - (this.#hostMs - this.#hostMsAtStart);
    if (time >= this.#timeMs) return { quota: 'timeMs', limit: this.#timeMs, used: time };
    return undefined;
  }
}
