import type { JavaScriptKernel } from './kernel.js';

const RATIO = 4;
const TAPS = 64;
const PHASE = TAPS / RATIO;

/** A soft clipper at four times the sample rate, as `shaper.c`. */
export function createShaper(): JavaScriptKernel {
  const taps = lowPass();
  const total = taps.reduce((sum, tap) => sum + tap, 0);
  const down = Float32Array.from(taps, (_, at) => (taps[TAPS - 1 - at] as number) / total);
  const up = new Float32Array(TAPS);
  for (const [at, tap] of taps.entries()) {
    up[(at % RATIO) * PHASE + PHASE - 1 - Math.floor(at / RATIO)] = (tap * RATIO) / total;
  }
  const before = new Float32Array(2 * PHASE);
  const shaped = new Float32Array(2 * TAPS);
  let now = 0;
  return {
    process(input, output, frames) {
      for (let frame = 0; frame < frames; frame++) {
        const slot = now & (PHASE - 1);
        before[slot] = before[slot + PHASE] = input[frame] as number;
        for (let phase = 0; phase < RATIO; phase++) {
          let sum = 0;
          for (let at = 0; at < PHASE; at++) {
            sum += (before[slot + 1 + at] as number) * (up[phase * PHASE + at] as number);
          }
          const place = slot * RATIO + phase;
          shaped[place] = shaped[place + TAPS] = Math.tanh(2 * sum);
        }
        now = (now + 1) | 0;
        const from = (now & (PHASE - 1)) * RATIO;
        let sum = 0;
        for (let at = 0; at < TAPS; at++) sum += (shaped[from + at] as number) * (down[at] as number);
        output[frame] = sum * 0.5;
      }
    },
  };
}

function lowPass(): number[] {
  return Array.from({ length: TAPS }, (_, at) => {
    const x = at - (TAPS - 1) / 2;
    const turn = (2 * Math.PI * (at + 0.5)) / TAPS;
    const window = 0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn);
    return (window * Math.sin((0.9 * Math.PI * x) / RATIO)) / x;
  });
}
