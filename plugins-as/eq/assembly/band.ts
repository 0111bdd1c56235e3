/** One band of the equalizer: a filter whose parameters glide. */
import { Biquad, FilterType } from './biquad';
import { FREQUENCY, GAIN, placeOf, Q, TYPE, values } from './parameters';

/** The rest of a glide is skipped below this size, relative to one octave or 8.7 dB. */
const ARRIVED: f64 = 1e-5;
/** A filter state below this is nothing. It also keeps out subnormal numbers, which are slow. */
const SILENT: f64 = 1e-15;
/** No sound gets a sound filter's state up to this. */
const BROKEN: f64 = 1e12;
/** The highest frequency of a filter, in cycles a frame: the formulas end at 0.5. */
const HIGHEST: f64 = 0.49;
export const HIGHEST_LOG: f64 = Math.log(HIGHEST);

export class Band {
  /** Present filter: the logarithms of frequency in cycles a frame, and of Q; the gain in dB. */
  type: FilterType = FilterType.Off;
  frequency: f64 = 0;
  gain: f64 = 0;
  q: f64 = 0;
  /** Share of the filtered sound: it goes to 0 before the type changes, then back to 1. */
  mix: f64 = 0;
  /** Two values a channel. */
  memory: StaticArray<f64>;
  private wantedType: FilterType = FilterType.Off;
  private wantedFrequency: f64 = 0;
  private wantedGain: f64 = 0;
  private wantedQ: f64 = 0;
  /** The filter at the start of a step, and at its end: between them the coefficients go over in a straight line. */
  private start: Biquad = new Biquad();
  private filter: Biquad = new Biquad();
  private designed: bool = false;
  private moves: bool = false;

  constructor(
    private number: i32,
    private sampleRateHz: f64,
    channels: i32,
  ) {
    this.memory = new StaticArray<f64>(channels * 2);
    this.aim();
    this.settle();
  }

  /** Reads the parameters. To be called when they have changed. */
  aim(): void {
    this.wantedType = <FilterType>(<i32>values[placeOf(this.number, TYPE)]);
    const cycles = values[placeOf(this.number, FREQUENCY)] / this.sampleRateHz;
    this.wantedFrequency = Math.min(Math.log(cycles), HIGHEST_LOG);
    this.wantedGain = values[placeOf(this.number, GAIN)];
    this.wantedQ = Math.log(values[placeOf(this.number, Q)]);
  }

  /** Jumps to the parameters and forgets the past. */
  settle(): void {
    this.type = this.wantedType;
    this.frequency = this.wantedFrequency;
    this.gain = this.wantedGain;
    this.q = this.wantedQ;
    this.mix = this.type == FilterType.Off ? 0 : 1;
    this.memory.fill(0);
    this.designed = false;
  }

  /** Goes one step towards the parameters, which `process` then hears. `pace` is the part of the way, `fade` the step of `mix`. */
  glide(pace: f64, fade: f64): void {
    const type = this.wantedType;
    if (type != this.type) {
      this.mix = Math.max(this.mix - fade, 0);
      if (this.mix == 0) {
        this.settle();
        this.mix = 0;
      }
    } else if (type != FilterType.Off && this.mix < 1) {
      this.mix = Math.min(this.mix + fade, 1);
    }
    if (!this.designed) this.design();
    const frequency = approach(this.frequency, this.wantedFrequency, pace);
    const gain = approach(this.gain, this.wantedGain, pace);
    const q = approach(this.q, this.wantedQ, pace);
    this.moves = frequency != this.frequency || gain != this.gain || q != this.q;
    if (!this.moves) return;
    this.frequency = frequency;
    this.gain = gain;
    this.q = q;
    const before = this.filter;
    this.filter = this.start;
    this.start = before;
    this.design();
  }

  private design(): void {
    this.filter.design(this.type, Math.exp(this.frequency), this.gain, Math.exp(this.q));
    this.designed = true;
  }

  /** Returns true if the band leaves a channel unchanged. */
  private passes(channel: i32): bool {
    if (this.mix == 0 || this.type == FilterType.Off) return true;
    if (this.moves || this.gain != 0 || this.type > FilterType.HighShelf) return false;
    return unchecked(this.memory[channel * 2]) == 0 && unchecked(this.memory[channel * 2 + 1]) == 0;
  }

  /** Filters `frames` samples in place, from the address `at`. `mixBefore` is the mix of the step before. */
  process(channel: i32, at: usize, frames: i32, mixBefore: f64): void {
    if (this.passes(channel) && mixBefore == this.mix) return;
    if (this.moves || this.mix != 1 || mixBefore != 1) {
      this.processMoving(channel, at, frames, mixBefore);
      return;
    }
    const b0 = this.filter.b0;
    const b1 = this.filter.b1;
    const b2 = this.filter.b2;
    const a1 = this.filter.a1;
    const a2 = this.filter.a2;
    let z1 = unchecked(this.memory[channel * 2]);
    let z2 = unchecked(this.memory[channel * 2 + 1]);
    const end = at + ((<usize>frames) << 2);
    for (; at < end; at += 4) {
      const x = <f64>load<f32>(at);
      const y = b0 * x + z1;
      z1 = b1 * x - a1 * y + z2;
      z2 = b2 * x - a2 * y;
      store<f32>(at, <f32>y);
    }
    this.keep(channel, z1, z2);
  }

  /**
   * The same while something glides. Filters between two stable ones, on a straight line, are stable: the stable pairs of a1
   * and a2 are a triangle.
   */
  private processMoving(channel: i32, at: usize, frames: i32, mixBefore: f64): void {
    const from = this.moves ? this.start : this.filter;
    const to = this.filter;
    const share = 1 / <f64>frames;
    let b0 = from.b0;
    let b1 = from.b1;
    let b2 = from.b2;
    let a1 = from.a1;
    let a2 = from.a2;
    let mix = mixBefore;
    const b0Step = (to.b0 - b0) * share;
    const b1Step = (to.b1 - b1) * share;
    const b2Step = (to.b2 - b2) * share;
    const a1Step = (to.a1 - a1) * share;
    const a2Step = (to.a2 - a2) * share;
    const mixStep = (this.mix - mixBefore) * share;
    let z1 = unchecked(this.memory[channel * 2]);
    let z2 = unchecked(this.memory[channel * 2 + 1]);
    const end = at + ((<usize>frames) << 2);
    for (; at < end; at += 4) {
      b0 += b0Step;
      b1 += b1Step;
      b2 += b2Step;
      a1 += a1Step;
      a2 += a2Step;
      mix += mixStep;
      const x = <f64>load<f32>(at);
      const y = b0 * x + z1;
      z1 = b1 * x - a1 * y + z2;
      z2 = b2 * x - a2 * y;
      store<f32>(at, <f32>(x + (y - x) * mix));
    }
    this.keep(channel, z1, z2);
  }

  private keep(channel: i32, z1: f64, z2: f64): void {
    unchecked((this.memory[channel * 2] = kept(z1)));
    unchecked((this.memory[channel * 2 + 1] = kept(z2)));
  }
}

function approach(now: f64, wanted: f64, pace: f64): f64 {
  const next = now + (wanted - now) * pace;
  return Math.abs(wanted - next) < ARRIVED ? wanted : next;
}

/** A filter state as it may be kept: one that is not a number, or too great, starts anew. */
function kept(z: f64): f64 {
  const size = Math.abs(z);
  return size > SILENT && size < BROKEN ? z : 0;
}
