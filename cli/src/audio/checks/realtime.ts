import type { AudioCheck } from '../audio-check.js';
import { noiseSignal, render, SETUP } from '../signals.js';

const BLOCKS = 5000;

/** The realtime lane takes no memory and calls nothing of the host. */
export const REALTIME: AudioCheck = {
  name: 'realtime',
  claim: 'takes no memory and calls nothing of the host while it processes',
  level: 2,
  run({ open, random }) {
    const effect = open();
    const lane = effect.lane(SETUP);
    const signal = noiseSignal(random);
    render(lane, { frames: SETUP.maxFrames, signal });
    const { memoryBytes } = effect.instance.usage();
    const calls = effect.hostCalls();
    render(lane, { frames: SETUP.maxFrames * BLOCKS, signal });
    const more = effect.instance.usage().memoryBytes - memoryBytes;
    if (more > 0) return `has taken ${more} bytes more after ${BLOCKS} blocks`;
    const made = effect.hostCalls() - calls;
    return made > 0 ? `has called the host ${made} times in ${BLOCKS} blocks` : undefined;
  },
};
