import type { JavaScriptKernel } from './kernel.js';

const BANDS = 8;

interface Band {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
  z1: number;
  z2: number;
}

/** Eight peaking bands in series, as `biquads.c`. */
export function createBiquads(sampleRateHz: number): JavaScriptKernel {
  const bands = Array.from({ length: BANDS }, (_, at) => peakingBand(at, sampleRateHz));
  return {
    process(input, output, frames) {
      let from = input;
      for (const band of bands) {
        const { b0, b1, b2, a1, a2 } = band;
        let { z1, z2 } = band;
        for (let at = 0; at < frames; at++) {
          const x = from[at] as number;
          const y = b0 * x + z1;
          z1 = b1 * x - a1 * y + z2;
          z2 = b2 * x - a2 * y;
          output[at] = y;
        }
        band.z1 = z1;
        band.z2 = z2;
        from = output;
      }
    },
  };
}

function peakingBand(at: number, sampleRateHz: number): Band {
  const level = 10 ** ((at % 2 === 0 ? 4 : -4) / 40);
  const angle = (2 * Math.PI * 60 * 2 ** at) / sampleRateHz;
  const alpha = Math.sin(angle) / (2 * 1.1);
  const a0 = 1 + alpha / level;
  const b1 = (-2 * Math.cos(angle)) / a0;
  return {
    b0: (1 + alpha * level) / a0,
    b1,
    b2: (1 - alpha * level) / a0,
    a1: b1,
    a2: (1 - alpha / level) / a0,
    z1: 0,
    z2: 0,
  };
}
