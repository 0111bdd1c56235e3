import type { JavaScriptKernel } from './kernel.js';

const LONGEST = 1024;
const THRESHOLD = -3;
const SLOPE = 0.75;

/** A compressor that looks 5 ms ahead, as `compressor.c`. */
export function createCompressor(sampleRateHz: number): JavaScriptKernel {
  const ahead = new Float32Array(LONGEST);
  const delay = Math.floor(0.005 * sampleRateHz);
  const attack = Math.exp(-1 / (0.002 * sampleRateHz));
  const release = Math.exp(-1 / (0.12 * sampleRateHz));
  let reduction = 0;
  let now = 0;
  return {
    process(input, output, frames) {
      for (let frame = 0; frame < frames; frame++) {
        const x = input[frame] as number;
        const over = Math.log2(Math.abs(x) + 1e-6) - THRESHOLD;
        const wanted = over > 0 ? -over * SLOPE : 0;
        const pace = wanted < reduction ? attack : release;
        reduction = wanted + pace * (reduction - wanted);
        ahead[now & (LONGEST - 1)] = x;
        output[frame] = (ahead[(now - delay) & (LONGEST - 1)] as number) * 2 ** reduction;
        now = (now + 1) | 0;
      }
    },
  };
}
