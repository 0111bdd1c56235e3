import { garbageBytes, isolatedLoop, type Clock, type Contender } from '../../harness/index.js';

type Call = () => unknown;
/** Makes that many calls, and returns their total time, in nanoseconds. */
type Timer = (count: number) => number;

/** Calls of one round that are timed one by one: a percentile of means would hide the slowest calls. */
const TIMED = 20;

/** A contender that times each call by itself, and calls that are shorter than a look at the clock also many at once. */
export interface TimedContender extends Contender {
  /** Times of single calls in nanoseconds, over all rounds. */
  readonly single: number[];
  /** Bytes that a call allocates in this process; `undefined` if it gives a promise. */
  garbage(repeats: number): number | undefined;
}

/** Makes a contender of `call`. A sample is the mean of `together` calls, or of those timed one by one if that is 0. */
export function timedContender(
  name: string,
  { call, clock, together }: { call: Call; clock: Clock; together: number },
): TimedContender {
  const single: number[] = [];
  const timeEach = ownTimer(call, clock, single);
  const waits = call() instanceof Promise;
  const loop = isolatedLoop((target: { call: Call }) => Number(target.call()) | 0, { call });
  return {
    name,
    single,
    garbage: (repeats) => (waits ? undefined : garbageBytes(loop, { repeats })),
    sample() {
      if (waits) return timeWaiting(call, clock, single);
      const all = timeEach(TIMED);
      if (together === 0) return all / TIMED;
      const start = clock();
      loop(together);
      return (clock() - start) / together;
    },
  };
}

/** Makes a function that shares no compiled code with that of any other contender, as `isolatedLoop` does. */
function ownTimer(call: Call, clock: Clock, single: number[]): Timer {
  const text = `return function (count) {
    let all = 0;
    for (let index = 0; index < count; index++) {
      const start = clock();
      call();
      const took = clock() - start;
      single.push(took);
      all += took;
    }
    return all;
  };`;
  // oxlint-disable-next-line no-new-func -- the text is a part of this program
  const make = new Function('call', 'clock', 'single', text) as (...parts: unknown[]) => Timer;
  return make(call, clock, single);
}

async function timeWaiting(call: Call, clock: Clock, single: number[]): Promise<number> {
  let all = 0;
  for (let index = 0; index < TIMED; index++) {
    const start = clock();
    await call();
    const took = clock() - start;
    single.push(took);
    all += took;
  }
  return all / TIMED;
}
