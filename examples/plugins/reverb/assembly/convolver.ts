/**
 * Convolves one channel with an impulse response: overlap-save in parts of equal length. The spectrum of each part of the
 * response is multiplied by the spectrum of the input as long ago as the part lies in the response. The result lags by a part.
 */
import { Fourier } from './fourier';

/** Frames of a part, and the lag. */
export const PART = 128;
const POINTS = 2 * PART;
/** A real signal's spectrum is symmetric: these are the points that differ. */
const BINS = PART + 1;
/** Samples below this are silence, which also keeps out subnormal numbers. */
const SILENT: f32 = 1e-15;

const fourier = new Fourier(POINTS);
const re = new StaticArray<f32>(POINTS);
const im = new StaticArray<f32>(POINTS);

export class Convolver {
  /** The part of the input before the present one, and the present one as far as it has come. */
  readonly window: StaticArray<f32> = new StaticArray<f32>(POINTS);
  /** The output while the present part comes in. */
  readonly ready: StaticArray<f32> = new StaticArray<f32>(PART);
  /** The spectra of the input, a ring; the newest is at `newest`. */
  readonly pastRe: StaticArray<f32>;
  readonly pastIm: StaticArray<f32>;
  newest: i32 = 0;
  private parts: i32;
  private responseRe: StaticArray<f32>;
  private responseIm: StaticArray<f32>;

  constructor(response: StaticArray<f32>) {
    const parts = (response.length + PART - 1) / PART;
    const size = parts * BINS;
    this.parts = parts;
    this.responseRe = new StaticArray<f32>(size);
    this.responseIm = new StaticArray<f32>(size);
    this.pastRe = new StaticArray<f32>(size);
    this.pastIm = new StaticArray<f32>(size);
    for (let part = 0; part < this.parts; part++) {
      re.fill(0);
      im.fill(0);
      for (let i = 0; i < PART && part * PART + i < response.length; i++) re[i] = response[part * PART + i];
      fourier.transform(re, im);
      keep(this.responseRe, this.responseIm, part);
    }
  }

  /** Forgets the input. */
  reset(): void {
    this.window.fill(0);
    this.ready.fill(0);
    this.pastRe.fill(0);
    this.pastIm.fill(0);
  }

  /** Takes a whole part, the second half of the window, and makes the next one ready. */
  advance(): void {
    const bytes: usize = PART * sizeof<f32>();
    memory.copy(changetype<usize>(re), changetype<usize>(this.window), 2 * bytes);
    im.fill(0);
    fourier.transform(re, im);
    this.newest = this.newest == 0 ? this.parts - 1 : this.newest - 1;
    keep(this.pastRe, this.pastIm, this.newest);

    re.fill(0);
    im.fill(0);
    for (let part = 0; part < this.parts; part++) {
      const past = this.newest + part;
      this.multiply(part, past < this.parts ? past : past - this.parts);
    }
    for (let bin = 1; bin < PART; bin++) {
      unchecked((re[POINTS - bin] = re[bin]));
      unchecked((im[POINTS - bin] = -im[bin]));
    }
    fourier.transform(im, re);
    for (let i = 0; i < PART; i++) {
      const sample = unchecked(re[PART + i]) / <f32>POINTS;
      unchecked((this.ready[i] = Mathf.abs(sample) > SILENT ? sample : 0));
    }
    memory.copy(changetype<usize>(this.window), changetype<usize>(this.window) + bytes, bytes);
  }

  /** Adds a part of the response times a spectrum of the input. */
  private multiply(part: i32, past: i32): void {
    const a = part * BINS;
    const b = past * BINS;
    for (let bin = 0; bin < BINS; bin++) {
      const aRe = unchecked(this.responseRe[a + bin]);
      const aIm = unchecked(this.responseIm[a + bin]);
      const bRe = unchecked(this.pastRe[b + bin]);
      const bIm = unchecked(this.pastIm[b + bin]);
      unchecked((re[bin] += aRe * bRe - aIm * bIm));
      unchecked((im[bin] += aRe * bIm + aIm * bRe));
    }
  }
}

/** Copies the spectrum that was just made to a place in two lists. */
function keep(toRe: StaticArray<f32>, toIm: StaticArray<f32>, place: i32): void {
  const at = (<usize>(place * BINS)) << 2;
  memory.copy(changetype<usize>(toRe) + at, changetype<usize>(re), BINS << 2);
  memory.copy(changetype<usize>(toIm) + at, changetype<usize>(im), BINS << 2);
}
