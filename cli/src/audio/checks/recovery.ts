import type { AudioCheck } from '../audio-check.js';
import { noiseSignal, render, SETUP } from '../signals.js';

const BAD_FRAMES = 256;
const SECONDS = 10;

/** Input that is no number spoils the output for a limited time only. */
export const RECOVERY: AudioCheck = {
  name: 'recovery',
  claim: `sounds again within ${SECONDS} s of input that is no number`,
  level: 6,
  run({ open, random }) {
    const lane = open().lane(SETUP);
    render(lane, { frames: BAD_FRAMES, signal: (_, channel) => (channel === 0 ? NaN : Infinity) });
    const signal = noiseSignal(random);
    const { sampleRateHz } = SETUP;
    render(lane, { frames: sampleRateHz * SECONDS, signal, from: BAD_FRAMES });
    for (const [channel, output] of render(lane, { frames: 1000, signal }).entries()) {
      const bad = output.find((sample) => !Number.isFinite(sample));
      if (bad !== undefined) return `channel ${channel} still gives ${bad}`;
    }
    return undefined;
  },
};
