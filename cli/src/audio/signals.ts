import type { LaneSetup, RealtimeLane } from '@wasm-plugin/engine';
import type { Random } from '../random/index.js';
import type { Effect } from './open-effect.js';

/** The value of an input at a frame, counted from the start of the check. */
export type Signal = (frame: number, channel: number) => number;

/** The usual setup of an effect. */
export const SETUP: LaneSetup = { sampleRateHz: 48_000, maxFrames: 128, channels: 2 };

/** Noise at half of full scale; each frame has the same value in any order of requests. */
export function noiseSignal(random: Random): Signal {
  const length = 4096;
  const table = Float32Array.from({ length }, () => random.next() - 0.5);
  return (frame, channel) => table[(frame + channel * 1009) % length] as number;
}

/** Runs blocks through a lane and returns the output, a list of frames a channel. */
export function render(
  lane: RealtimeLane,
  {
    frames,
    signal,
    from = 0,
    block = SETUP.maxFrames,
  }: { frames: number; signal: Signal; from?: number; block?: number },
): Float32Array[] {
  const rendered = lane.outputs.map(() => new Float32Array(frames));
  for (let at = 0; at < frames; at += block) {
    const count = Math.min(block, frames - at);
    for (const [channel, input] of lane.inputs.entries()) {
      for (let i = 0; i < count; i++) input[i] = signal(from + at + i, channel);
    }
    lane.process(count);
    for (const [channel, output] of lane.outputs.entries()) {
      rendered[channel]?.set(output.subarray(0, count), at);
    }
  }
  return rendered;
}

/** Puts each parameter that can be set somewhere between its ends. */
export function turnParameters({ processor }: Effect, random: Random): void {
  for (const { id, min, max, flags } of processor.describe().parameters) {
    if (flags['readOnly'] === true) continue;
    // Not near the middle, which many have as their default: the turn is to be heard.
    const share = (random.chance(0.5) ? 0.15 : 0.65) + 0.2 * random.next();
    const value = min + (max - min) * share;
    processor.setParameter(id, flags['stepped'] === true ? Math.round(value) : value);
  }
}

/** The largest difference between two renderings. Infinite if one contains a value that is no number. */
export function largestDifference(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  let largest = 0;
  for (const [channel, samples] of a.entries()) {
    const others = b[channel] as Float32Array;
    for (const [at, sample] of samples.entries()) {
      const difference = Math.abs(sample - (others[at] as number));
      if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
    }
  }
  return largest;
}

/** The loudest sample, but not less than a whisper. */
export function peakOf(channels: readonly Float32Array[]): number {
  return channels.reduce(
    (peak, samples) => samples.reduce((most, x) => Math.max(most, Math.abs(x)), peak),
    1e-3,
  );
}

/** A level in decibels below full scale, for people. */
export function decibels(level: number): string {
  return level === 0 ? 'nothing' : `${(20 * Math.log10(level)).toFixed(1)} dBFS`;
}
