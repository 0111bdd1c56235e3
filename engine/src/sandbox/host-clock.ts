/** Clock of a sandbox. */
export interface HostClock {
  /** Nanoseconds that only go forward, from any start. */
  monotonicNs(): bigint;
  /** Nanoseconds since 1970 in UTC. */
  wallNs(): bigint;
  /**
   * Waits until `bell` is no longer `value`, at most some milliseconds. Blocks the thread.
   * @default Atomics.wait, or spinning if that is not allowed
   */
  wait?(ms: number, bell: Int32Array, value: number): void;
}

/** Largest difference of the machine's two clocks until the wall clock is set anew: `Date.now` counts whole milliseconds. */
const MOST_DRIFT_MS = 2;
let startMs = performance.timeOrigin;

/** Follows `Date.now`, which the machine sets and which goes on while it sleeps, with the finer steps of `performance.now`. */
function wallMs(): number {
  const [now, elapsed] = [Date.now(), performance.now()];
  if (Math.abs(now - startMs - elapsed) > MOST_DRIFT_MS) startMs = now - elapsed;
  return startMs + elapsed;
}

/** The clock of the machine. */
export const SYSTEM_CLOCK: Required<HostClock> = {
  monotonicNs: () => BigInt(Math.round(performance.now() * 1e6)),
  wallNs: () => BigInt(Math.round(wallMs() * 1e3)) * 1000n,
  wait(ms, bell, value) {
    if (bell.buffer instanceof ArrayBuffer || !canBlock()) {
      const end = performance.now() + ms;
      while (performance.now() < end && Atomics.load(bell, 0) === value);
      return;
    }
    Atomics.wait(bell, 0, value, ms);
  },
};

let blocks: boolean | undefined;

/** The main thread of a browser may not wait. */
function canBlock(): boolean {
  if (blocks !== undefined) return blocks;
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0);
    blocks = true;
  } catch {
    blocks = false;
  }
  return blocks;
}
