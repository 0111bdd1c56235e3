import { createNoise, type JavaScriptKernel } from './kernel.js';

const GRAINS = 16;
const LONGEST = 262_144;
const WINDOW = 1024;
const PARTS = 4096;
const NORMAL = 1 / 6;

interface Grain {
  distance: number;
  drift: number;
  age: number;
  pace: number;
}

/** A delay that answers in grains, as `granular.c`. */
export function createGranular(sampleRateHz: number): JavaScriptKernel {
  const noise = createNoise();
  const past = new Float32Array(LONGEST);
  const window = Float32Array.from(
    { length: WINDOW + 1 },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / WINDOW),
  );
  // The start of a grain is rounded as in C: the difference of a part of a sample would be audible.
  const f32 = Math.fround;
  const varied = (middle: number, spread: number): number => f32(f32(middle) + f32(f32(spread) * noise()));
  const begin = (grain: Grain): void => {
    grain.distance = Math.trunc(f32(sampleRateHz * varied(0.3, 0.25)) * PARTS);
    grain.drift = Math.trunc(varied(0, 0.02) * PARTS);
    grain.age = 0;
    grain.pace = Math.trunc(f32(WINDOW / f32(sampleRateHz * varied(0.08, 0.03))) * PARTS);
  };
  const grains = Array.from({ length: GRAINS }, (_, at): Grain => {
    const grain = { distance: 0, drift: 0, age: 0, pace: 0 };
    begin(grain);
    grain.age = Math.trunc((at * WINDOW) / GRAINS) * PARTS;
    return grain;
  });
  let start = 0;
  return {
    process(input, output, frames) {
      for (let frame = 0; frame < frames; frame++) {
        past[(start + frame) & (LONGEST - 1)] = input[frame] as number;
        output[frame] = (input[frame] as number) * 0.6;
      }
      for (const grain of grains) {
        for (let frame = 0; frame < frames; frame++) {
          const from = start + frame - (grain.distance >> 12);
          const part = (grain.distance & (PARTS - 1)) / PARTS;
          const newer = past[from & (LONGEST - 1)] as number;
          const older = past[(from - 1) & (LONGEST - 1)] as number;
          const heard = newer + part * (older - newer);
          output[frame] = (output[frame] as number) + heard * (window[grain.age >> 12] as number) * NORMAL;
          grain.distance += grain.drift;
          grain.age += grain.pace;
          if (grain.age >= WINDOW * PARTS) begin(grain);
        }
      }
      start = (start + frames) | 0;
    },
  };
}
