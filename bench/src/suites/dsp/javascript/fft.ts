import { Fourier } from './fourier.js';
import type { JavaScriptKernel } from './kernel.js';

const POINTS = 1024;
const HOP = 128;
const SCALE = 1 / (3 * POINTS);

/** A spectral gate of 1,024 points, as `fft.c`. */
export function createFft(): JavaScriptKernel {
  const fourier = new Fourier(POINTS);
  const window = Float32Array.from(
    { length: POINTS },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / POINTS),
  );
  const past = new Float32Array(POINTS);
  const sum = new Float32Array(POINTS);
  const re = new Float32Array(POINTS);
  const im = new Float32Array(POINTS);
  let filled = 0;

  const transform = (): void => {
    for (let at = 0; at < POINTS; at++) re[at] = (past[at] as number) * (window[at] as number);
    im.fill(0);
    fourier.transform(re, im);
    for (let bin = 0; bin < POINTS; bin++) {
      const power = (re[bin] as number) ** 2 + (im[bin] as number) ** 2;
      const gain = power / (power + 0.01);
      re[bin] = (re[bin] as number) * gain;
      im[bin] = (im[bin] as number) * gain;
    }
    fourier.transform(im, re);
    for (let at = 0; at < POINTS; at++) {
      sum[at] = (sum[at] as number) + (re[at] as number) * (window[at] as number) * SCALE;
    }
  };

  return {
    process(input, output, frames) {
      for (let at = 0; at < frames; at++) {
        past[POINTS - HOP + filled] = input[at] as number;
        output[at] = sum[filled] as number;
        if (++filled < HOP) continue;
        sum.copyWithin(0, HOP);
        sum.fill(0, POINTS - HOP);
        transform();
        past.copyWithin(0, HOP);
        filled = 0;
      }
    },
  };
}
