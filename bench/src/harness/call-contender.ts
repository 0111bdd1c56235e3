import type { Clock } from './clock.js';
import type { Contender } from './rounds.js';

/**
 * The measured code: one call on `target`, whose result becomes a number so that no compiler can leave it out. It is compiled
 * anew for each contender, so it must not refer to anything but its parameters.
 */
export type Use<Target> = (target: Target, index: number) => number;

type Loop = (count: number) => number;

let serial = 0;

/**
 * Makes a loop of `use` that shares no compiled code with any other. Functions of one text share their type feedback: two
 * contenders in one loop would make each other slow.
 */
export function isolatedLoop<Target>(use: Use<Target>, target: Target): Loop {
  const text = `// ${serial++}
    const use = ${use.toString()};
    return function (count) {
      let sum = 0;
      for (let index = 0; index < count; index++) sum = (sum + use(target, index)) | 0;
      return sum;
    };`;
  // oxlint-disable-next-line no-new-func -- the text is a function of this program
  return (new Function('target', text) as (target: Target) => Loop)(target);
}

/** A contender that measures calls too short to be timed one by one. */
export interface CallContender extends Contender {
  loop: Loop;
  /** Calls in one turn of `loop`. */
  callsPerUse: number;
  sample(): number;
  /** Chooses the number of calls in a sample, so that it lasts about `sliceNs`. */
  calibrate(): void;
}

/** Makes a contender of many calls a sample. */
export function callContender<Target>(
  name: string,
  options: { use: Use<Target>; target: Target; sliceNs: number; clock: Clock; callsPerUse?: number },
): CallContender {
  const { sliceNs, clock, callsPerUse = 1 } = options;
  const loop = isolatedLoop(options.use, options.target);
  let count = 1;
  const time = (): number => {
    const start = clock();
    loop(count);
    return clock() - start;
  };
  return {
    name,
    loop,
    callsPerUse,
    sample: () => time() / count / callsPerUse,
    calibrate() {
      let elapsed = time();
      while (elapsed < sliceNs / 4) {
        count *= 2;
        elapsed = time();
      }
      count = Math.max(1, Math.round((count * sliceNs) / elapsed));
    },
  };
}
