import { basename } from 'node:path';
import { isSoundName, soundSignal } from '../audio/index.js';
import { CliError } from '../cli-error.js';
import { readWav } from '../native/index.js';
import { Random } from '../random/index.js';
import type { Setup } from './audio-source.js';

/** A sound to process, in blocks. */
export interface TestInput {
  name: string;
  /** A block is a buffer a channel; they repeat. */
  blocks: readonly (readonly Float32Array[])[];
}

/** Frames after which an input repeats: 1.4 s at 48 kHz, in the largest block a whole number. */
const FRAMES = 65_536;

/**
 * Makes an input for a setup.
 * @param wanted one of `SOUNDS`, or the path of a WAV file
 * @throws {CliError} it is neither
 */
export function testInput(wanted: string, { setup, seed }: { setup: Setup; seed: number }): TestInput {
  const { maxFrames, channels } = setup;
  const sound = channelsOf(wanted, { setup, seed });
  const count = Math.max(1, Math.floor((sound[0]?.length ?? 0) / maxFrames));
  const blocks = Array.from({ length: count }, (_, block) =>
    Array.from({ length: channels }, (_channel, channel) => {
      const samples = new Float32Array(maxFrames);
      const source = sound[channel % sound.length] as Float32Array;
      samples.set(source.subarray(block * maxFrames, (block + 1) * maxFrames));
      return samples;
    }),
  );
  return { name: isSoundName(wanted) ? wanted : basename(wanted), blocks };
}

function channelsOf(wanted: string, { setup, seed }: { setup: Setup; seed: number }): Float32Array[] {
  if (!isSoundName(wanted)) return recorded(wanted);
  const signal = soundSignal(wanted, {
    sampleRateHz: setup.sampleRateHz,
    frames: FRAMES,
    random: new Random(seed),
  });
  return Array.from({ length: setup.channels }, (_, channel) =>
    Float32Array.from({ length: FRAMES }, (_sample, frame) => signal(frame, channel)),
  );
}

function recorded(path: string): Float32Array[] {
  const { channels } = readWav(path);
  if ((channels[0]?.length ?? 0) === 0) throw new CliError(`Cannot use "${path}": it holds no sound`);
  return channels;
}
