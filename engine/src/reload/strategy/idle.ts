import { type CallGate, wrapExports } from '../calls/index.js';
import type { Clock } from '../clock.js';
import type { Exports, RunningVersion } from '../subject.js';

/** Bounds of the wait for an idle plugin. */
export interface IdleOptions {
  /** Time without a call. @default 100 */
  readonly idleMs?: number;
  /** Longest wait in milliseconds; the reload then proceeds anyway. @default 10,000 */
  readonly patienceMs?: number;
}

/**
 * Waits until a plugin has had no calls for a while, and none is in progress. Leaves the calls routed through its observer.
 * @param exports the target of the calls
 * @returns true if it became idle; `false` if the time ran out
 */
export async function untilIdle(
  gate: Pick<CallGate<RunningVersion>, 'route'>,
  exports: Exports,
  { clock, ...options }: IdleOptions & { clock: Clock },
): Promise<boolean> {
  const { idleMs = 100, patienceMs = 10_000 } = options;
  let last = clock.now();
  let running = 0;
  const ended = (): void => {
    running--;
    last = clock.now();
  };
  gate.route(
    wrapExports(exports, (target) => (...args) => {
      running++;
      let result: unknown;
      try {
        result = target(...args);
      } catch (error) {
        ended();
        throw error;
      }
      if (result instanceof Promise) return result.finally(ended);
      ended();
      return result;
    }),
  );
  const until = clock.now() + patienceMs;
  for (;;) {
    const now = clock.now();
    const restMs = idleMs - (now - last);
    if (running === 0 && restMs <= 0) return true;
    if (now >= until) return false;
    await new Promise<void>((resolve) => clock.after(Math.min(Math.max(restMs, 1), until - now), resolve));
  }
}
