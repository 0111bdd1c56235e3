import type { AudioCheck } from '../audio-check.js';
import { render, SETUP } from '../signals.js';

const RATES = [44_100, 48_000, 88_200, 96_000, 176_400, 192_000];

/** It works at the sample rates and with the channels that it says it does. */
export const SETUPS: AudioCheck = {
  name: 'setups',
  claim: 'works at 44.1 to 192 kHz, with one channel and with as many as its ports have',
  level: 1,
  run({ open }) {
    const { ports } = open().processor.describe();
    const most = Math.min(...ports.map(({ channels }) => channels));
    for (const sampleRateHz of RATES) {
      for (const channels of new Set([1, Math.min(2, most), most])) {
        try {
          const lane = open().lane({ ...SETUP, sampleRateHz, channels });
          render(lane, { frames: 512, signal: () => 0.1 });
        } catch (error) {
          return `${channels} channels at ${sampleRateHz} Hz: ${(error as Error).message}`;
        }
      }
    }
    return undefined;
  },
};
