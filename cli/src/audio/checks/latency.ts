import type { AudioCheck } from '../audio-check.js';
import { render, SETUP } from '../signals.js';

const FRAMES = 65_536;
const AT = 4800;
/** Frames that the phase of a filter may add. */
const TOLERANCE = 16;

/** An impulse comes out when the effect says so. */
export const LATENCY: AudioCheck = {
  name: 'latency',
  claim: 'lags by as many frames as it says',
  level: 4,
  run({ open }) {
    const effect = open();
    const lane = effect.lane(SETUP);
    const { latencyFrames } = effect.processor.describe();
    const [quiet = new Float32Array()] = render(open().lane(SETUP), { frames: FRAMES, signal: () => 0 });
    const [output = new Float32Array()] = render(lane, {
      frames: FRAMES,
      signal: (frame) => (frame === AT ? 0.5 : 0),
    });
    let peak = 0;
    let place = -1;
    for (const [at, sample] of output.entries()) {
      const heard = Math.abs(sample - (quiet[at] as number));
      if (!(heard > peak)) continue;
      peak = heard;
      place = at;
    }
    if (place < 0) return undefined;
    const measured = place - AT;
    if (Math.abs(measured - latencyFrames) <= TOLERANCE) return undefined;
    return `says ${latencyFrames} frames; an impulse is loudest after ${measured}`;
  },
};
