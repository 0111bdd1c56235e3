import type { JavaScriptKernel } from './kernel.js';

/** Gain and mix, as `gain.c`. */
export function createGain(): JavaScriptKernel {
  const wet = 0.5;
  const dry = 0.25;
  return {
    process(input, output, frames) {
      for (let at = 0; at < frames; at++) {
        const x = input[at] as number;
        output[at] = x * wet + x * dry;
      }
    },
  };
}
