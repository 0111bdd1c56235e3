import type { AudioCheck } from '../audio-check.js';
import { noiseSignal, render, SETUP, turnParameters, type Signal } from '../signals.js';

const FRAMES = 4800;
const QUIET = 4800;

/** Output is finite for any input: noise, full scale, silence, and noise after a silence. */
export const FINITE: AudioCheck = {
  name: 'finite',
  claim: 'what comes out is numbers, for noise, full scale, silence and noise after it',
  level: 1,
  run({ open, random }) {
    const noise = noiseSignal(random);
    const parts: readonly (readonly [string, Signal, number])[] = [
      ['noise', noise, FRAMES],
      ['full scale', (frame) => (frame % 100 < 50 ? 1 : -1), FRAMES],
      ['silence', () => 0, QUIET * 20],
      ['noise after a silence', noise, FRAMES],
    ];
    const effect = open();
    turnParameters(effect, random);
    const lane = effect.lane(SETUP);
    for (const [name, signal, frames] of parts) {
      for (const [channel, output] of render(lane, { frames, signal }).entries()) {
        const at = output.findIndex((sample) => !Number.isFinite(sample));
        if (at >= 0) return `channel ${channel} has ${output[at]} at frame ${at} of ${name}`;
      }
    }
    return undefined;
  },
};
