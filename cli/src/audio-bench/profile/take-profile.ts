import { Session } from 'node:inspector/promises';
import type { Contender } from '../time-blocks.js';
import type { BlockProfile, CpuProfile } from './cpu-profile.js';

const INTERVAL_US = 50;
const BLOCKS = 20_000;
const MOST_US = 1_500_000;

/** Takes a profile of this process while it processes blocks one after the other, for a second and a half at most. */
export async function takeProfile(
  { feed, process: processBlock }: Contender,
  { inputs, budgetNs }: { inputs: readonly (readonly Float32Array[])[]; budgetNs: number },
): Promise<BlockProfile> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
    await session.post('Profiler.start');
    const startsUs: number[] = [];
    const durationsUs: number[] = [];
    const first = nowUs();
    for (let at = 0; at < BLOCKS; at++) {
      feed(inputs[at % inputs.length] ?? []);
      const start = nowUs();
      processBlock();
      const end = nowUs();
      startsUs.push(start);
      durationsUs.push(Number((end - start).toFixed(1)));
      if (end - first > MOST_US) break;
    }
    const { profile } = (await session.post('Profiler.stop')) as { profile: CpuProfile };
    return { cpuProfile: profile, startsUs, durationsUs, budgetUs: budgetNs / 1000 };
  } finally {
    session.disconnect();
  }
}

/** The clock of V8's profiles. */
function nowUs(): number {
  return Number(process.hrtime.bigint()) / 1000;
}
