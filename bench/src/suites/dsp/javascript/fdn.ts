import type { JavaScriptKernel } from './kernel.js';

const LONGEST = 16384;
const PRIMES = [1031, 1327, 1523, 1801, 2053, 2311, 2503, 2803];
const LINES = PRIMES.length;

/** A reverb of eight delay lines that feed each other, as `fdn.c`. */
export function createFdn(sampleRateHz: number): JavaScriptKernel {
  const lengths = Int32Array.from(PRIMES, (prime) => (prime * sampleRateHz) / 48_000);
  const gains = Float32Array.from(lengths, (length) => 0.001 ** (length / (1.8 * sampleRateHz)));
  const lines = new Float32Array(LINES * LONGEST);
  const damped = new Float32Array(LINES);
  let now = 0;
  return {
    process(input, output, frames) {
      for (let frame = 0; frame < frames; frame++) {
        const x = input[frame] as number;
        let sum = 0;
        for (let line = 0; line < LINES; line++) {
          const place = line * LONGEST + ((now - (lengths[line] as number)) & (LONGEST - 1));
          const before = damped[line] as number;
          const heard = (lines[place] as number) * (gains[line] as number);
          const after = before + 0.6 * (heard - before);
          damped[line] = after;
          sum += after;
        }
        const fed = x * 0.35 - sum * (2 / LINES);
        for (let line = 0; line < LINES; line++) {
          lines[line * LONGEST + (now & (LONGEST - 1))] = (damped[line] as number) + fed;
        }
        output[frame] = x * 0.7 + sum * 0.3;
        now = (now + 1) | 0;
      }
    },
  };
}
