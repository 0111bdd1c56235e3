import { Fourier } from './fourier.js';
import { createNoise, type JavaScriptKernel } from './kernel.js';

const PART = 128;
const POINTS = 2 * PART;
const BINS = PART + 1;

/** Convolution with two seconds of a hall, as `convolution.c`. */
export function createConvolution(sampleRateHz: number): JavaScriptKernel {
  const fourier = new Fourier(POINTS);
  const re = new Float32Array(POINTS);
  const im = new Float32Array(POINTS);
  const response = hall(2 * sampleRateHz, fourier);
  const parts = response.length;
  const past = response.map(emptySpectrum);
  const sum = emptySpectrum();
  const window = new Float32Array(POINTS);
  const ready = new Float32Array(PART);
  let newest = 0;
  let filled = 0;

  const convolve = (): void => {
    re.set(window);
    im.fill(0);
    fourier.transform(re, im);
    newest = (newest + parts - 1) % parts;
    keep(past[newest] as Spectrum, re, im);
    sum.re.fill(0);
    sum.im.fill(0);
    for (let part = 0; part < parts; part++) {
      addProduct(sum, response[part] as Spectrum, past[(newest + part) % parts] as Spectrum);
    }
    for (let bin = 0; bin < POINTS; bin++) {
      const from = bin <= PART ? bin : POINTS - bin;
      re[bin] = sum.re[from] as number;
      im[bin] = bin <= PART ? (sum.im[from] as number) : -(sum.im[from] as number);
    }
    fourier.transform(im, re);
    for (let at = 0; at < PART; at++) ready[at] = (re[PART + at] as number) / POINTS;
    window.copyWithin(0, PART);
  };

  return {
    process(input, output, frames) {
      for (let at = 0; at < frames; at++) {
        window[PART + filled] = input[at] as number;
        output[at] = ready[filled] as number;
        if (++filled < PART) continue;
        convolve();
        filled = 0;
      }
    },
  };
}

interface Spectrum {
  re: Float32Array;
  im: Float32Array;
}

function emptySpectrum(): Spectrum {
  return { re: new Float32Array(BINS), im: new Float32Array(BINS) };
}

function keep(spectrum: Spectrum, re: Float32Array, im: Float32Array): void {
  for (let bin = 0; bin < BINS; bin++) {
    spectrum.re[bin] = re[bin] as number;
    spectrum.im[bin] = im[bin] as number;
  }
}

function addProduct(sum: Spectrum, a: Spectrum, b: Spectrum): void {
  for (let bin = 0; bin < BINS; bin++) {
    const aRe = a.re[bin] as number;
    const aIm = a.im[bin] as number;
    const bRe = b.re[bin] as number;
    const bIm = b.im[bin] as number;
    sum.re[bin] = (sum.re[bin] as number) + aRe * bRe - aIm * bIm;
    sum.im[bin] = (sum.im[bin] as number) + aRe * bIm + aIm * bRe;
  }
}

/** The spectra of noise that falls by 60 dB, one a part. */
function hall(length: number, fourier: Fourier): Spectrum[] {
  const noise = createNoise();
  const fall = 0.001 ** (1 / length);
  let level = 0.05;
  return Array.from({ length: Math.ceil(length / PART) }, () => {
    const re = new Float32Array(POINTS);
    const im = new Float32Array(POINTS);
    for (let at = 0; at < PART; at++) {
      re[at] = noise() * level;
      level *= fall;
    }
    fourier.transform(re, im);
    const spectrum = emptySpectrum();
    keep(spectrum, re, im);
    return spectrum;
  });
}
