/** The delay itself, for one prepared setup: a ring of frames a channel, read at a distance behind where it is written. */
import { Setup } from './bindings/audio-types';
import { delaySeconds, FEEDBACK, LONGEST_SECONDS, MIX, values } from './parameters';

/** In which feedback and mix go all but 1/e of their way to a new value. */
const GLIDE_SECONDS: f64 = 0.02;
/** In which one distance fades into another. A distance that moved would bend the pitch. */
const FADE_SECONDS: f64 = 0.05;
/** The rest of a glide, which is jumped. */
const ARRIVED: f64 = 1e-5;
/** Samples below this are silence, which also keeps out subnormal numbers; those above come from input that is no number. */
const SILENT: f32 = 1e-15;
const BROKEN: f32 = 1e6;

export class Delay {
  /** Buffers for the host to write and read; they never move. */
  inputs: StaticArray<f32>[] = [];
  outputs: StaticArray<f32>[] = [];
  rings: StaticArray<f32>[] = [];
  /** The place in the rings that is written next. */
  at: i32 = 0;
  /** The distance that is heard, and the one that it fades into; they are equal when nothing fades. */
  distance: i32 = 0;
  next: i32 = 0;
  /** Frames of the fade that are over. */
  faded: i32 = 0;
  feedback: f64 = 0;
  mix: f64 = 0;
  /** Frames of a ring: a distance is shorter. */
  readonly ringFrames: i32;
  private fadeFrames: i32;
  private pace: f64;

  constructor(readonly setup: Setup) {
    const rate = setup.sampleRateHz;
    this.ringFrames = <i32>Math.ceil(LONGEST_SECONDS * rate) + 1;
    this.fadeFrames = <i32>Math.ceil(FADE_SECONDS * rate);
    this.pace = 1 - Math.exp(-1 / (GLIDE_SECONDS * rate));
    for (let channel: u32 = 0; channel < setup.channels; channel++) {
      this.inputs.push(new StaticArray<f32>(setup.maxFrames));
      this.outputs.push(new StaticArray<f32>(setup.maxFrames));
      this.rings.push(new StaticArray<f32>(this.ringFrames));
    }
    this.settle();
  }

  /** Forgets the audio of the past, and jumps to the parameters. */
  settle(): void {
    for (let channel = 0; channel < this.rings.length; channel++) this.rings[channel].fill(0);
    this.distance = this.wanted();
    this.next = this.distance;
    this.faded = 0;
    this.feedback = values[FEEDBACK];
    this.mix = values[MIX];
  }

  /** The distance that the parameters ask for, in frames. */
  wanted(): i32 {
    const frames = <i32>Math.round(delaySeconds() * this.setup.sampleRateHz);
    return max(1, min(frames, this.ringFrames - 1));
  }

  /** Processes the first `frames` of the inputs into the outputs. It allocates nothing. */
  process(frames: i32): void {
    const wanted = this.wanted();
    const channels = this.rings.length;
    for (let frame = 0; frame < frames; frame++) {
      this.feedback = glided(this.feedback, values[FEEDBACK], this.pace);
      this.mix = glided(this.mix, values[MIX], this.pace);
      const share = this.fade(wanted);
      const near = this.placeBefore(this.distance);
      const far = this.placeBefore(this.next);
      for (let channel = 0; channel < channels; channel++) {
        const ring = unchecked(this.rings[channel]);
        const dry = unchecked(this.inputs[channel][frame]);
        const old = unchecked(ring[near]);
        const echo = old + (unchecked(ring[far]) - old) * share;
        unchecked((ring[this.at] = kept(dry + echo * <f32>this.feedback)));
        unchecked((this.outputs[channel][frame] = dry + (echo - dry) * <f32>this.mix));
      }
      if (++this.at == this.ringFrames) this.at = 0;
    }
  }

  /** Goes one frame of the way from one distance to the next. Returns the share of the next one. */
  private fade(wanted: i32): f32 {
    if (this.next == this.distance) {
      if (wanted == this.distance) return 0;
      this.next = wanted;
    }
    if (++this.faded < this.fadeFrames) return <f32>this.faded / <f32>this.fadeFrames;
    this.distance = this.next;
    this.faded = 0;
    return 0;
  }

  private placeBefore(distance: i32): i32 {
    const place = this.at - distance;
    return place < 0 ? place + this.ringFrames : place;
  }

  /** Copies the last frames of a channel, the oldest first. */
  past(channel: i32, frames: i32): StaticArray<f32> {
    const copy = new StaticArray<f32>(frames);
    const start = this.placeBefore(frames);
    const whole = min(frames, this.ringFrames - start);
    const ring = changetype<usize>(this.rings[channel]);
    const to = changetype<usize>(copy);
    memory.copy(to, ring + ((<usize>start) << 2), (<usize>whole) << 2);
    memory.copy(to + ((<usize>whole) << 2), ring, (<usize>(frames - whole)) << 2);
    return copy;
  }

  /** Puts frames before the place that is written next. */
  recall(channel: i32, past: StaticArray<f32>): void {
    const ring = this.rings[channel];
    for (let i = 0; i < past.length; i++) ring[this.placeBefore(past.length - i)] = past[i];
  }
}

function glided(now: f64, wanted: f64, pace: f64): f64 {
  const next = now + (wanted - now) * pace;
  return Math.abs(wanted - next) < ARRIVED ? wanted : next;
}

/** A sample as it may be kept. NaN is none. */
function kept(sample: f32): f32 {
  const size = Mathf.abs(sample);
  return size > SILENT && size < BROKEN ? sample : 0;
}

/** The delay of the last `prepare`, if there was one. */
export let current: Delay | null = null;

export function makeCurrent(delay: Delay): void {
  current = delay;
}
