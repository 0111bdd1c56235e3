import type { JavaScriptKernel } from './kernel.js';

const TAPS = 512;

/** A finite impulse response of 512 taps, as `fir.c`. */
export function createFir(sampleRateHz: number): JavaScriptKernel {
  const cutoff = 4000 / sampleRateHz;
  const taps = Float32Array.from({ length: TAPS }, (_, at) => {
    const x = at - (TAPS - 1) / 2;
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / TAPS);
    return (window * Math.sin(2 * Math.PI * cutoff * x)) / (Math.PI * x);
  });
  const past = new Float32Array(2 * TAPS);
  let now = 0;
  return {
    process(input, output, frames) {
      for (let frame = 0; frame < frames; frame++) {
        past[now] = past[now + TAPS] = input[frame] as number;
        now = (now + 1) % TAPS;
        let sum = 0;
        for (let at = 0; at < TAPS; at++) sum += (past[now + at] as number) * (taps[at] as number);
        output[frame] = sum;
      }
    },
  };
}
