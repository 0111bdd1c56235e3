import { Fourier } from './fourier';
import { Noise } from './noise';

const PART = 128;
const POINTS = 2 * PART;
/** Bins of a real signal's spectrum, rounded up to whole vectors. */
const BINS = 132;
const BYTES: usize = BINS * 4;

/**
 * Convolution with an impulse response of two seconds, in uniform partitions of 128 samples (overlap-save). The output lags by
 * one partition.
 */
export class Kernel {
  private fourier: Fourier = new Fourier(POINTS);
  private parts: i32 = 0;
  /** Spectra of the response and of the past input, `parts` of them, BINS each. */
  private responseRe: StaticArray<f32> = new StaticArray<f32>(0);
  private responseIm: StaticArray<f32> = new StaticArray<f32>(0);
  private pastRe: StaticArray<f32> = new StaticArray<f32>(0);
  private pastIm: StaticArray<f32> = new StaticArray<f32>(0);
  private newest: i32 = 0;
  private filled: i32 = 0;
  private window: StaticArray<f32> = new StaticArray<f32>(POINTS);
  private ready: StaticArray<f32> = new StaticArray<f32>(PART);
  private re: StaticArray<f32> = new StaticArray<f32>(POINTS);
  private im: StaticArray<f32> = new StaticArray<f32>(POINTS);
  private sumRe: StaticArray<f32> = new StaticArray<f32>(BINS);
  private sumIm: StaticArray<f32> = new StaticArray<f32>(BINS);

  constructor(sampleRate: f32) {
    const length = <i32>(<f32>2.0 * sampleRate);
    this.parts = (length + PART - 1) / PART;
    const all = this.parts * BINS;
    this.responseRe = new StaticArray<f32>(all);
    this.responseIm = new StaticArray<f32>(all);
    this.pastRe = new StaticArray<f32>(all);
    this.pastIm = new StaticArray<f32>(all);
    const noise = new Noise();
    // A hall: noise that falls by 60 dB in two seconds.
    let level: f64 = 0.05;
    const fall = Math.pow(0.001, 1.0 / length);
    for (let part = 0; part < this.parts; part++) {
      this.re.fill(0);
      this.im.fill(0);
      for (let at = 0; at < PART; at++) {
        this.re[at] = <f32>(noise.next() * level);
        level *= fall;
      }
      this.fourier.transform(this.re, this.im);
      keep(this.responseRe, this.re, part);
      keep(this.responseIm, this.im, part);
    }
  }

  private multiply(part: i32, past: i32): void {
    const aRe = changetype<usize>(this.responseRe) + <usize>part * BYTES;
    const aIm = changetype<usize>(this.responseIm) + <usize>part * BYTES;
    const bRe = changetype<usize>(this.pastRe) + <usize>past * BYTES;
    const bIm = changetype<usize>(this.pastIm) + <usize>past * BYTES;
    const sumRe = changetype<usize>(this.sumRe);
    const sumIm = changetype<usize>(this.sumIm);
    for (let at: usize = 0; at < BYTES; at += 16) {
      // AssemblyScript makes no vectors by itself.
      const ar = v128.load(aRe + at);
      const ai = v128.load(aIm + at);
      const br = v128.load(bRe + at);
      const bi = v128.load(bIm + at);
      const re = f32x4.sub(f32x4.mul(ar, br), f32x4.mul(ai, bi));
      const im = f32x4.add(f32x4.mul(ar, bi), f32x4.mul(ai, br));
      v128.store(sumRe + at, f32x4.add(v128.load(sumRe + at), re));
      v128.store(sumIm + at, f32x4.add(v128.load(sumIm + at), im));
    }
  }

  private convolve(): void {
    const re = this.re;
    const im = this.im;
    memory.copy(changetype<usize>(re), changetype<usize>(this.window), POINTS * 4);
    memory.fill(changetype<usize>(im), 0, POINTS * 4);
    this.fourier.transform(re, im);
    this.newest = (this.newest + this.parts - 1) % this.parts;
    keep(this.pastRe, re, this.newest);
    keep(this.pastIm, im, this.newest);
    memory.fill(changetype<usize>(this.sumRe), 0, BYTES);
    memory.fill(changetype<usize>(this.sumIm), 0, BYTES);
    const untilWrap = this.parts - this.newest;
    for (let part = 0; part < untilWrap; part++) this.multiply(part, this.newest + part);
    for (let part = untilWrap; part < this.parts; part++) this.multiply(part, part - untilWrap);
    for (let bin = 0; bin <= PART; bin++) {
      unchecked((re[bin] = this.sumRe[bin]));
      unchecked((im[bin] = this.sumIm[bin]));
    }
    for (let bin = PART + 1; bin < POINTS; bin++) {
      unchecked((re[bin] = this.sumRe[POINTS - bin]));
      unchecked((im[bin] = -this.sumIm[POINTS - bin]));
    }
    this.fourier.transform(im, re);
    for (let at = 0; at < PART; at++) unchecked((this.ready[at] = re[PART + at] * (<f32>1.0 / <f32>POINTS)));
    const window = changetype<usize>(this.window);
    memory.copy(window, window + PART * 4, PART * 4);
  }

  process(input: StaticArray<f32>, output: StaticArray<f32>, frames: i32): void {
    const window = changetype<usize>(this.window);
    const ready = changetype<usize>(this.ready);
    for (let done = 0; done < frames;) {
      const count = min(frames - done, PART - this.filled);
      const bytes = (<usize>count) << 2;
      const filled = (<usize>this.filled) << 2;
      memory.copy(window + PART * 4 + filled, changetype<usize>(input) + ((<usize>done) << 2), bytes);
      memory.copy(changetype<usize>(output) + ((<usize>done) << 2), ready + filled, bytes);
      this.filled += count;
      done += count;
      if (this.filled < PART) continue;
      this.convolve();
      this.filled = 0;
    }
  }
}

function keep(spectra: StaticArray<f32>, spectrum: StaticArray<f32>, part: i32): void {
  memory.copy(changetype<usize>(spectra) + <usize>part * BYTES, changetype<usize>(spectrum), (PART + 1) * 4);
}
