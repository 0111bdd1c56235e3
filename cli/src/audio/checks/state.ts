import type { AudioCheck } from '../audio-check.js';
import { decibels, largestDifference, noiseSignal, render, SETUP, turnParameters } from '../signals.js';

/** Not a whole number of blocks, and in the middle of every glide. */
const BEFORE = 300;
const AFTER = 9600;
const AUDIBLE = 1e-5;

/** A state that is saved while audio runs, and restored in another instance, goes on where it was. */
export const STATE: AudioCheck = {
  name: 'state',
  claim: 'goes on inaudibly in another instance from a state saved while audio runs',
  level: 5,
  run({ open, random }) {
    const signal = noiseSignal(random);
    const before = open();
    const lane = before.lane(SETUP);
    render(lane, { frames: 4800, signal });
    turnParameters(before, random);
    render(lane, { frames: BEFORE, signal, from: 4800 });
    const after = open();
    const taken = after.lane(SETUP);
    after.state.restore(before.state.serialize(), before.state.schema(), '0.1.0');
    const from = 4800 + BEFORE;
    const difference = largestDifference(
      render(taken, { frames: AFTER, signal, from }),
      render(lane, { frames: AFTER, signal, from }),
    );
    return difference > AUDIBLE ? `goes on otherwise: ${decibels(difference)} apart` : undefined;
  },
};
