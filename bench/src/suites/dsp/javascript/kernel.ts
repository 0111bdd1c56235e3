/** An effect of one channel, as somebody would write it in JavaScript. */
export interface JavaScriptKernel {
  /** Realtime: yes, it allocates nothing. */
  process(input: Float32Array, output: Float32Array, frames: number): void;
}

/** Makes a function that returns the next of a fixed series of numbers from -1 to 1: that of `kernel.h`. */
export function createNoise(): () => number {
  let seed = 1;
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    return Math.fround(seed) / 2147483648;
  };
}
