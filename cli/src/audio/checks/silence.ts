import type { AudioCheck } from '../audio-check.js';
import { noiseSignal, render, SETUP } from '../signals.js';

const SECONDS = 20;
/** The smallest number of 32 bits that processors count with fast. */
const SMALLEST_NORMAL = 2 ** -126;

/** Once nothing comes in any more, no sample is too small for a processor to count with fast. */
export const SILENCE: AudioCheck = {
  name: 'silence',
  claim: `gives no denormal numbers in ${SECONDS} s of silence after noise`,
  level: 7,
  run({ open, random }) {
    const lane = open().lane(SETUP);
    render(lane, { frames: 4800, signal: noiseSignal(random) });
    const tail = render(lane, { frames: SETUP.sampleRateHz * SECONDS, signal: () => 0 });
    for (const [channel, output] of tail.entries()) {
      const at = output.findIndex((sample) => sample !== 0 && Math.abs(sample) < SMALLEST_NORMAL);
      if (at >= 0) return `channel ${channel} gives ${output[at]} after ${at} frames`;
    }
    return undefined;
  },
};
