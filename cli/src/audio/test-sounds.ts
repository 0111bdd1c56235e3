import type { Random } from '../random/index.js';
import type { Signal } from './signals.js';

/** Names of the sounds that plugins are measured with. */
export const SOUNDS = ['noise', 'silence', 'impulse', 'sweep', 'denormals', 'nan'] as const;

/** One of `SOUNDS`. */
export type SoundName = (typeof SOUNDS)[number];

const LOWEST_HZ = 20;
const HIGHEST_HZ = 20_000;
/** Frames between two impulses. */
const APART = 4800;
/** Frames between two numbers that are none. */
const NOT_OFTEN = 8192;

/** Returns true if a name is one of `SOUNDS`. */
export function isSoundName(name: string): name is SoundName {
  return (SOUNDS as readonly string[]).includes(name);
}

/**
 * Returns a sound by its name: noise at full scale, silence, impulses, a sweep over `frames` from 20 Hz to 20 kHz, numbers too small
 * for processors to count with fast, and noise with what is no number in between.
 *
 * Noise is to be asked for frame by frame: each call takes the next random number.
 */
export function soundSignal(
  name: SoundName,
  { sampleRateHz, frames, random }: { sampleRateHz: number; frames: number; random: Random },
): Signal {
  switch (name) {
    case 'noise':
      return () => random.next() * 2 - 1;
    case 'silence':
      return () => 0;
    case 'impulse':
      return (frame) => (frame % APART === 0 ? 1 : 0);
    case 'sweep': {
      const span = Math.log(Math.min(HIGHEST_HZ, sampleRateHz / 2) / LOWEST_HZ);
      const scale = (2 * Math.PI * LOWEST_HZ * frames) / (sampleRateHz * span);
      return (frame) => 0.5 * Math.sin(scale * (Math.exp((span * frame) / frames) - 1));
    }
    case 'denormals':
      return (frame) => (frame % 2 === 0 ? 1e-39 : -1e-40);
    case 'nan':
      return (frame, channel) =>
        frame % NOT_OFTEN === 0 ? (channel % 2 === 0 ? NaN : Infinity) : random.next() - 0.5;
  }
}
