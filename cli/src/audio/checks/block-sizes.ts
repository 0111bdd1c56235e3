import { Random } from '../../random/index.js';
import type { AudioCheck } from '../audio-check.js';
import { largestDifference, noiseSignal, peakOf, render, SETUP, turnParameters } from '../signals.js';

/** While parameters are on their way, and once they have arrived. */
const PARTS = [
  { when: 'while parameters move', frames: 9600, largest: 0.1 },
  { when: 'with parameters at rest', frames: 48_000, largest: Infinity },
  { when: 'with parameters at rest', frames: 4800, largest: 1e-3 },
];
const BLOCKS = [1, 16, 100, 511, 1024];

/** The same sound, however it is cut into blocks. */
export const BLOCK_SIZES: AudioCheck = {
  name: 'block-sizes',
  claim: 'sounds the same in blocks of every length, and nearly so while parameters move',
  level: 3,
  run({ open, random }) {
    const signal = noiseSignal(random);
    const seed = random.below(2 ** 31);
    const sound = (block: number): Float32Array[][] => {
      const effect = open();
      const lane = effect.lane({ ...SETUP, maxFrames: 1024 });
      turnParameters(effect, new Random(seed));
      return PARTS.map(({ frames }) => render(lane, { frames, signal, block }));
    };
    const wanted = sound(128);
    for (const block of BLOCKS) {
      for (const [part, samples] of sound(block).entries()) {
        const { when, largest } = PARTS[part] as (typeof PARTS)[number];
        const reference = wanted[part] as Float32Array[];
        const share = largestDifference(samples, reference) / peakOf(reference);
        if (!(share > largest)) continue;
        return `blocks of ${block} frames sound otherwise than those of 128 ${when}: by ${percent(share)} of the loudest sample`;
      }
    }
    return undefined;
  },
};

function percent(share: number): string {
  return `${(share * 100).toPrecision(2)} %`;
}
