/** The bands over all channels, for one prepared setup. */
import { AudioError, Setup } from './bindings/audio-types';
import { Band } from './band';
import { BANDS, OUTPUT, revision, values } from './parameters';

export const MAX_CHANNELS: u32 = 8;
const MAX_FRAMES: u32 = 65536;
/** Parameters move every so many frames while they glide. */
const STEP_FRAMES = 16;
/** In which a glide goes all but 1/e of its way. */
const GLIDE_SECONDS: f64 = 0.015;
/** In which a band fades out, or in, when its type changes. */
const FADE_SECONDS: f64 = 0.01;

export class Equalizer {
  bands: Band[] = [];
  /** The output gain now, as a factor. */
  gain: f64 = 1;
  /** Buffers for the host to write and read; they never move. */
  inputs: StaticArray<f32>[] = [];
  outputs: StaticArray<f32>[] = [];
  private wantedGain: f64 = 1;
  private seen: u32 = 0;
  private pace: f64;
  private fade: f64;

  constructor(readonly setup: Setup) {
    for (let i: u32 = 0; i < setup.channels; i++) {
      this.inputs.push(new StaticArray<f32>(setup.maxFrames));
      this.outputs.push(new StaticArray<f32>(setup.maxFrames));
    }
    for (let i = 0; i < BANDS; i++) this.bands.push(new Band(i, setup.sampleRateHz, setup.channels));
    this.pace = 1 - Math.exp(-STEP_FRAMES / (GLIDE_SECONDS * setup.sampleRateHz));
    this.fade = STEP_FRAMES / (FADE_SECONDS * setup.sampleRateHz);
    this.aim();
    this.gain = this.wantedGain;
  }

  /** Jumps to the parameters and forgets the past. */
  settle(): void {
    this.aim();
    for (let i = 0; i < BANDS; i++) unchecked(this.bands[i]).settle();
    this.gain = this.wantedGain;
  }

  /** Reads the parameters if they have changed. */
  private aim(): void {
    if (this.seen == revision) return;
    this.seen = revision;
    for (let i = 0; i < BANDS; i++) unchecked(this.bands[i]).aim();
    const db = values[OUTPUT];
    this.wantedGain = db == 0 ? 1 : Math.pow(10, db / 20);
  }

  /** Processes the first `frames` of the input buffers into the output buffers. */
  process(frames: i32): void {
    this.aim();
    const channels = <i32>this.setup.channels;
    for (let channel = 0; channel < channels; channel++) {
      const from = changetype<usize>(unchecked(this.inputs[channel]));
      const to = changetype<usize>(unchecked(this.outputs[channel]));
      memory.copy(to, from, (<usize>frames) << 2);
    }
    for (let start = 0; start < frames; start += STEP_FRAMES) {
      this.step(start, min(STEP_FRAMES, frames - start));
    }
  }

  private step(start: i32, frames: i32): void {
    const channels = <i32>this.setup.channels;
    // A shorter step at the end of a block goes a shorter way, so that the length of blocks does not matter much.
    const share = <f64>frames / STEP_FRAMES;
    for (let i = 0; i < BANDS; i++) {
      const band = unchecked(this.bands[i]);
      const mixBefore = band.mix;
      band.glide(this.pace * share, this.fade * share);
      for (let channel = 0; channel < channels; channel++) {
        band.process(channel, this.output(channel, start), frames, mixBefore);
      }
    }
    this.amplify(start, frames, share);
  }

  private amplify(start: i32, frames: i32, share: f64): void {
    const wanted = this.wantedGain;
    const before = this.gain;
    if (before == 1 && wanted == 1) return;
    const next = before + (wanted - before) * this.pace * share;
    this.gain = Math.abs(next - wanted) < 1e-6 ? wanted : next;
    const slope = (this.gain - before) / <f64>frames;
    for (let channel = 0; channel < <i32>this.setup.channels; channel++) {
      let gain = before;
      const at = this.output(channel, start);
      for (let i = 0; i < frames; i++) {
        gain += slope;
        const sample = at + ((<usize>i) << 2);
        store<f32>(sample, <f32>(<f64>load<f32>(sample) * gain));
      }
    }
  }

  private output(channel: i32, frame: i32): usize {
    return changetype<usize>(unchecked(this.outputs[channel])) + ((<usize>frame) << 2);
  }
}

/** The equalizer of the last `prepare`, if there was one. */
export let current: Equalizer | null = null;

/** Makes the equalizer for a setup the current one; gives why it does not, or null. */
export function prepareEqualizer(setup: Setup): AudioError | null {
  if (!(setup.sampleRateHz >= 8000 && setup.sampleRateHz <= 768000)) {
    return AudioError.unsupportedSetup('the sample rate must be 8000 to 768000 Hz');
  }
  if (setup.maxFrames == 0 || setup.maxFrames > MAX_FRAMES) {
    return AudioError.unsupportedSetup('a block must have 1 to 65536 frames');
  }
  if (setup.channels == 0 || setup.channels > MAX_CHANNELS) {
    return AudioError.unsupportedSetup('there must be 1 to 8 channels');
  }
  current = new Equalizer(setup);
  return null;
}
