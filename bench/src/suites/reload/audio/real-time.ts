import { readdirSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import type { Clock } from '../../../harness/index.js';

/** Time the thread sleeps before other work gets its turn. */
const NAP_MS = 0.1;
/** A nap may take that much longer: the rest is spent looking at the clock, which leaves garbage. */
const AWAKE_NS = 200_000;

const never = new Int32Array(new SharedArrayBuffer(4));

/** Waits for a moment, to some microseconds: asleep, as an audio thread waits. Other work gets its turns meanwhile. */
export function until(at: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (at - clock() > AWAKE_NS) {
        Atomics.wait(never, 0, 0, NAP_MS);
        setImmediate(look);
        return;
      }
      while (clock() < at);
      resolve();
    };
    look();
  });
}

/**
 * Lets this process go first, as the system lets an audio thread: with every thread that V8 has collectors on, and its session
 * among the others. If the system does not let it, the machine has to be quiet.
 */
export function favourThisProcess(): void {
  try {
    for (const thread of readdirSync('/proc/self/task'))
      setPriority(Number(thread), constants.priority.PRIORITY_HIGHEST);
    writeFileSync('/proc/self/autogroup', String(constants.priority.PRIORITY_HIGHEST));
  } catch {
    // Not Linux, or not allowed.
  }
}
