/** A low-pass filter behind a delay of 64 frames, with a level that glides. */
import { AudioError, Setup } from './bindings/audio-types';
import { log, Level } from './bindings/log';

export const LATENCY: u32 = 64;
export const MAX_CHANNELS: u32 = 8;
const MAX_FRAMES: u32 = 65536;
/** In which the level goes all but 1/e of its way. */
const GLIDE_SECONDS: f64 = 0.01;
const CUTOFF_HZ: f64 = 6000;
/** Quieter than any sound; lower values count as zero, so that no number becomes subnormal, which is slow. */
const NOTHING: f32 = 1e-15;

/** The level that was asked for, as a factor. */
export let wanted: f32 = 1;

export function want(level: f32): void {
  wanted = level;
}

export class Effect {
  inputs: StaticArray<f32>[] = [];
  outputs: StaticArray<f32>[] = [];
  /** The frames on their way, a line a channel. */
  delayed: StaticArray<f32>[] = [];
  filtered: StaticArray<f32> = [];
  level: f32 = wanted;
  place: i32 = 0;
  private glide: f32 = 0;
  private pole: f32 = 0;
  private blocks: i32 = 0;
  private peak: f32 = 1;
  private kept: StaticArray<f32>[] = [];

  constructor(readonly setup: Setup) {
    for (let i: u32 = 0; i < setup.channels; i++) {
      this.inputs.push(new StaticArray<f32>(setup.maxFrames));
      this.outputs.push(new StaticArray<f32>(setup.maxFrames));
      this.delayed.push(new StaticArray<f32>(LATENCY));
    }
    this.filtered = new StaticArray<f32>(setup.channels);
    this.glide = <f32>(1 - Math.exp(-1 / (GLIDE_SECONDS * setup.sampleRateHz)));
    this.pole = <f32>(1 - Math.exp((-2 * Math.PI * CUTOFF_HZ) / setup.sampleRateHz));
  }

  forget(): void {
    for (let i = 0; i < this.delayed.length; i++) this.delayed[i].fill(0);
    this.filtered.fill(0);
    this.level = wanted;
  }

  process(frames: i32): void {
    this.blocks++;
    const channels = <i32>this.setup.channels;
    let level = this.level;
    for (let channel = 0; channel < channels; channel++) {
      level = this.level;
      const input = unchecked(this.inputs[channel]);
      const output = unchecked(this.outputs[channel]);
      const delayed = unchecked(this.delayed[channel]);
      let filtered = unchecked(this.filtered[channel]);
      let place = this.place;
      for (let i = 0; i < frames; i++) {
        const heard = unchecked(delayed[place]);
        unchecked((delayed[place] = input[i]));
        place = (place + 1) & (LATENCY - 1);
        level += (wanted - level) * this.glide;
        if (abs(wanted - level) < 1e-6) level = wanted;
        filtered += (heard - filtered) * this.pole;
        if (abs(filtered) < NOTHING) filtered = 0;
        unchecked((output[i] = filtered * level));
      }
      // A value that is no number would stay forever.
      if (!isFinite(filtered)) filtered = 0;
      unchecked((this.filtered[channel] = filtered));
    }
    this.place = (this.place + frames) & (LATENCY - 1);
    this.level = level;
  }
}

/** The effect of the last `prepare`, if there was one. */
export let current: Effect | null = null;

/** Makes the effect for a setup the current one; returns why it does not, or null. */
export function prepareEffect(setup: Setup): AudioError | null {
  if (!(setup.sampleRateHz >= 8000 && setup.sampleRateHz <= 768000)) {
    return AudioError.unsupportedSetup('the sample rate must be 8000 to 768000 Hz');
  }
  if (setup.maxFrames == 0 || setup.maxFrames > MAX_FRAMES) {
    return AudioError.unsupportedSetup('a block must have 1 to 65536 frames');
  }
  if (setup.channels == 0 || setup.channels > MAX_CHANNELS) {
    return AudioError.unsupportedSetup('there must be 1 to 8 channels');
  }
  current = new Effect(setup);
  return null;
}
