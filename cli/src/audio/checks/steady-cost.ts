import { median } from '../statistics.js';
import type { AudioCheck } from '../audio-check.js';
import { noiseSignal, render, SETUP } from '../signals.js';

const BLOCKS = 2500;
const LARGEST = 2;

/** Every block costs about the same. In fuel, so the answer is the same on each machine. */
export const STEADY_COST: AudioCheck = {
  name: 'steady-cost',
  claim: `no block costs more than ${LARGEST} times the usual fuel`,
  level: 9,
  run({ open, random }) {
    const effect = open();
    const lane = effect.lane(SETUP);
    const signal = noiseSignal(random);
    const costs: number[] = [];
    for (let block = 0; block < BLOCKS; block++) {
      render(lane, { frames: SETUP.maxFrames, signal, from: block * SETUP.maxFrames });
      costs.push(Number(effect.instance.usage().fuel));
    }
    const usual = median(costs);
    const worst = Math.max(...costs);
    if (worst <= usual * LARGEST) return undefined;
    return `block ${costs.indexOf(worst)} costs ${worst} fuel, others ${usual}`;
  },
};
