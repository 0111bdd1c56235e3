/** Time and timers. Passed in, so that a test decides when time passes. */
export interface Clock {
  /** Milliseconds that only go forward. */
  now(): number;
  /** Milliseconds since 1970. */
  wallNow(): number;
  /** Runs some work once, later. The result keeps it from running. */
  after(delayMs: number, work: () => void): () => void;
}

/** The machine's time. Its timers do not keep a process alive. */
export const SYSTEM_CLOCK: Clock = Object.freeze({
  now: () => performance.now(),
  wallNow: () => Date.now(),
  after(delayMs: number, work: () => void) {
    const timer: unknown = setTimeout(work, delayMs);
    // Node gives an object, a browser a number.
    if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer.unref as () => void)();
    return () => clearTimeout(timer as number);
  },
});

/** Waits. */
export function sleep(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, resolve));
}
