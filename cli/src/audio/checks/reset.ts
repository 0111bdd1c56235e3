import type { AudioCheck } from '../audio-check.js';
import { decibels, largestDifference, noiseSignal, render, SETUP } from '../signals.js';

const AUDIBLE = 1e-5;

/** `reset` forgets the audio of the past. */
export const RESET: AudioCheck = {
  name: 'reset',
  claim: 'sounds after a reset as one that was just prepared',
  level: 5,
  run({ open, random }) {
    const signal = noiseSignal(random);
    const used = open();
    const lane = used.lane(SETUP);
    render(lane, { frames: 9600, signal });
    used.processor.reset();
    const fresh = open().lane(SETUP);
    const difference = largestDifference(
      render(lane, { frames: 9600, signal }),
      render(fresh, { frames: 9600, signal }),
    );
    return difference > AUDIBLE ? `sounds otherwise: ${decibels(difference)} apart` : undefined;
  },
};
