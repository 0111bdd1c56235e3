/** The reverb over all channels, for one prepared setup. */
import { AudioError, Setup } from './bindings/audio-types';
import { Convolver, PART } from './convolver';

export const MAX_CHANNELS: u32 = 8;
const MAX_FRAMES: u32 = 65536;
const GLIDE_SECONDS: f64 = 0.02;
const ARRIVED: f64 = 1e-5;
/** No sound is louder; what is, or is no number, is taken as silence. */
const BROKEN: f32 = 1e6;

/** The one parameter: 0 is the sound alone, 1 the room alone. */
export let mix: f64 = 0.3;

/** The impulse response: one list for all channels, or one for each. At first a room that is none. */
export let response: StaticArray<f32>[] = [[1]];

/** The reverb of the last `prepare`, if there was one. */
export let current: Reverb | null = null;

export function setMix(value: f64): void {
  mix = value;
}

/** Takes another response, which `checkResponse` has found well. */
export function setResponse(channels: StaticArray<f32>[]): void {
  response = channels;
  const reverb = current;
  if (reverb !== null) reverb.furnish();
}

export function prepareReverb(setup: Setup): AudioError | null {
  if (!(setup.sampleRateHz >= 8000 && setup.sampleRateHz <= 192000))
    return AudioError.unsupportedSetup('the sample rate must be 8000 to 192000 Hz');
  if (setup.maxFrames < 1 || setup.maxFrames > MAX_FRAMES)
    return AudioError.unsupportedSetup('a block must have 1 to 65536 frames');
  if (setup.channels < 1 || setup.channels > MAX_CHANNELS)
    return AudioError.unsupportedSetup('there must be 1 to 8 channels');
  current = new Reverb(setup);
  return null;
}

export class Reverb {
  /** Buffers for the host to write and read; they never move. */
  inputs: StaticArray<f32>[] = [];
  outputs: StaticArray<f32>[] = [];
  convolvers: Convolver[] = [];
  /** Frames of the present part that have come in. */
  filled: i32 = 0;
  /** The mix on its way to the parameter. */
  mixNow: f64 = mix;
  private pace: f64;

  constructor(readonly setup: Setup) {
    this.pace = 1 - Math.exp(-1 / (GLIDE_SECONDS * setup.sampleRateHz));
    for (let channel: u32 = 0; channel < setup.channels; channel++) {
      this.inputs.push(new StaticArray<f32>(setup.maxFrames));
      this.outputs.push(new StaticArray<f32>(setup.maxFrames));
    }
    this.furnish();
  }

  /** Takes the response, and forgets the audio of the past. The buffers stay where they are. */
  furnish(): void {
    this.convolvers = [];
    for (let channel = 0; channel < this.inputs.length; channel++)
      this.convolvers.push(new Convolver(response[channel % response.length]));
    this.filled = 0;
  }

  /** Forgets the audio of the past, and jumps to the parameter. */
  settle(): void {
    for (let i = 0; i < this.convolvers.length; i++) this.convolvers[i].reset();
    this.filled = 0;
    this.mixNow = mix;
  }

  /** Processes the first `frames` of the inputs into the outputs. It allocates nothing. */
  process(frames: i32): void {
    for (let done = 0; done < frames;) {
      const count = min(frames - done, PART - this.filled);
      this.step(done, count);
      done += count;
      this.filled += count;
      if (this.filled < PART) continue;
      for (let i = 0; i < this.convolvers.length; i++) unchecked(this.convolvers[i]).advance();
      this.filled = 0;
    }
  }

  /** Takes frames of one part in, and gives as many of what is ready. */
  private step(start: i32, frames: i32): void {
    const channels = this.convolvers.length;
    for (let i = 0; i < frames; i++) {
      const next = this.mixNow + (mix - this.mixNow) * this.pace;
      this.mixNow = Math.abs(mix - next) < ARRIVED ? mix : next;
      const place = this.filled + i;
      for (let channel = 0; channel < channels; channel++) {
        const convolver = unchecked(this.convolvers[channel]);
        const sample = unchecked(this.inputs[channel][start + i]);
        unchecked((convolver.window[PART + place] = Mathf.abs(sample) < BROKEN ? sample : 0));
        // The sound lags as the room does.
        const dry = unchecked(convolver.window[place]);
        const wet = unchecked(convolver.ready[place]);
        unchecked((this.outputs[channel][start + i] = dry + (wet - dry) * <f32>this.mixNow));
      }
    }
  }
}
