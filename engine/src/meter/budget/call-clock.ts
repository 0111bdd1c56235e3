/** A slice this long in milliseconds is cut, and one shorter than `SHORT_SLICE_MS` is stretched. */
const LONG_SLICE_MS = 1;
const SHORT_SLICE_MS = 0.25;
const FIRST_SLICE = 100_000;
const MIN_SLICE = 2_000;
/**
 * The most that is burnt between two looks: at about 20 nanoseconds for an instruction, the dearest that pays no toll, that is
 * 10 ms; and at 0.15 ns, the fastest of a real program, a look costs 0.3 percent.
 */
const MAX_SLICE = 500_000;
/** A longer deadline may be later by as much of itself: a slice of this much fuel for each of its milliseconds is a fifth of it. */
const SLICE_PER_DEADLINE_MS = 10_000;
/** The most under any deadline: 40 ms of the dearest instruction. */
const MAX_LONG_SLICE = 2_000_000;
/** The fuel given at once while no clock runs. */
const ENDLESS_SLICE = 2 ** 50;

/** A deadline that has passed. */
export interface Passed {
  readonly quota: 'timeMs' | 'wallMs';
  readonly limit: number;
  readonly used: number;
}

/**
 * Measures the time of each call, and chooses the fuel to give at once so that the deadlines are read about once a millisecond.
 */
export class CallClock {
  readonly #now: () => number;
  #timeMs = Infinity;
  #wallMs = Infinity;
  #maxSlice = MAX_SLICE;
  #startedAt = 0;
  #lastAt = 0;
  #lastHostMs = 0;
  #hostMsAtStart = 0;
  #hostMs = 0;
  #pausedAt = 0;
  #pauses = 0;
  /** True if it was started since a call last ended. */
  isStarted = false;
  /** The fuel to give at once. */
  slice = ENDLESS_SLICE;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Sets the deadlines of the calls to come. */
  limit({ timeMs, wallMs }: { readonly timeMs: number; readonly wallMs: number }): void {
    this.#timeMs = timeMs;
    this.#wallMs = wallMs;
    const deadlineMs = Math.min(timeMs, wallMs);
    this.#maxSlice = Math.min(MAX_LONG_SLICE, Math.max(MAX_SLICE, deadlineMs * SLICE_PER_DEADLINE_MS));
    if (!this.runs) this.slice = ENDLESS_SLICE;
    else if (this.slice === ENDLESS_SLICE) this.slice = FIRST_SLICE;
    else this.slice = Math.min(this.#maxSlice, this.slice);
  }

  get runs(): boolean {
    return this.#timeMs !== Infinity || this.#wallMs !== Infinity;
  }

  /** True if a call must start without fuel, so that the clock starts with it. */
  get startsAtEntry(): boolean {
    return this.#wallMs !== Infinity;
  }

  /** The limit on the time of a call with everything in it, in milliseconds. */
  get wallMs(): number {
    return this.#wallMs;
  }

  /** Stops the guest's clock: a host import begins. */
  pause(): void {
    if (this.#pauses++ === 0) this.#pausedAt = this.#now();
  }

  /** Starts the guest's clock again. Returns the deadline that has passed, if any. */
  resume(): Passed | undefined {
    const at = this.#now();
    if (--this.#pauses === 0) this.#hostMs += at - this.#pausedAt;
    return this.#passedAt(at);
  }

  /** Starts the clock of a call. */
  start(): void {
    this.isStarted = true;
    this.#startedAt = this.#now();
    this.#lastAt = this.#startedAt;
    this.#hostMsAtStart = this.#hostMs;
    this.#lastHostMs = this.#hostMs;
  }

  /** Returns the milliseconds that the guest may go on; `Infinity` without a deadline. */
  leftMs(): number {
    const at = this.#now();
    return Math.max(0, Math.min(this.#wallMs - this.#wallAt(at), this.#timeMs - this.#timeAt(at)));
  }

  /** Returns the milliseconds left for the call, host imports included; `Infinity` without a deadline. */
  wallLeftMs(): number {
    return Math.max(0, this.#wallMs - this.#wallAt(this.#now()));
  }

  /** Returns the deadline that has passed, if any. */
  look(): Passed | undefined {
    return this.#passedAt(this.#now());
  }

  /** A slice is used up: fits the next one to the guest's speed. Returns the deadline that has passed, if any. */
  endSlice(): Passed | undefined {
    const at = this.#now();
    const sliceMs = at - this.#lastAt - (this.#hostMs - this.#lastHostMs);
    this.#lastAt = at;
    this.#lastHostMs = this.#hostMs;
    if (sliceMs > LONG_SLICE_MS) this.slice = Math.max(MIN_SLICE, Math.floor(this.slice / 2));
    else if (sliceMs < SHORT_SLICE_MS) this.slice = Math.min(this.#maxSlice, this.slice * 2);
    return this.#passedAt(at);
  }

  /**
   * A call has ended whose clock was started. If that was soon after its first slice, the next calls get more at once:
   * calls as short, such as blocks of audio, then end before anybody looks at a clock, which costs time and garbage.
   */
  endCall(): Passed | undefined {
    const at = this.#now();
    if (at - this.#lastAt < SHORT_SLICE_MS) this.slice = Math.min(this.#maxSlice, this.slice * 2);
    return this.#passedAt(at);
  }

  #passedAt(at: number): Passed | undefined {
    const wall = this.#wallAt(at);
    if (wall >= this.#wallMs) return { quota: 'wallMs', limit: this.#wallMs, used: wall };
    const time = this.#timeAt(at);
    if (time >= this.#timeMs) return { quota: 'timeMs', limit: this.#timeMs, used: time };
    return undefined;
  }

  #wallAt(at: number): number {
    return at - this.#startedAt;
  }

  #timeAt(at: number): number {
    const hostMs = this.#hostMs + (this.#pauses > 0 ? at - this.#pausedAt : 0);
    return this.#wallAt(at) - (hostMs - this.#hostMsAtStart);
  }
}
