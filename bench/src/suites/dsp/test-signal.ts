import { seededRandom } from '../../harness/index.js';
import type { Subject } from './subject.js';

const LEVEL = 0.5;

/** Fills a block of each input: noise, the same for the same seed. */
export function noiseBlocks(seed: number, { maxFrames, channels }: { maxFrames: number; channels: number }) {
  const random = seededRandom(seed);
  const blocks = Array.from({ length: channels }, () => new Float32Array(maxFrames));
  return (subjects: readonly Subject[]): void => {
    for (const [channel, block] of blocks.entries()) {
      for (let at = 0; at < maxFrames; at++) block[at] = (random() * 2 - 1) * LEVEL;
      for (const { inputs } of subjects) inputs[channel]?.set(block);
    }
  };
}
