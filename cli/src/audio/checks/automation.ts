import type { AudioParameter } from '@wasm-plugin/abi';
import type { AudioCheck } from '../audio-check.js';
import { render, SETUP } from '../signals.js';
import type { OpenEffect } from '../open-effect.js';

const SETTLE = 24_000;
const FRAMES = 4800;
const STEADY = 0.25;
/** A change that is inaudible however fast it is. */
const INAUDIBLE = 1e-3;
/** The largest part of a change that one frame may have. */
const LARGEST_PART = 0.2;

/** A parameter that is turned while audio runs changes the sound over some frames, and not within one. */
export const AUTOMATION: AudioCheck = {
  name: 'automation',
  claim: 'turns a parameter without a click',
  level: 8,
  run({ open }) {
    for (const parameter of open().processor.describe().parameters) {
      if (parameter.flags['automatable'] !== true || parameter.flags['stepped'] === true) continue;
      const found = turn(open, parameter);
      if (found !== undefined) return found;
    }
    return undefined;
  },
};

/** Turns from one end to the other while the input holds one value. */
function turn(open: OpenEffect, { id, name, min, max }: AudioParameter): string | undefined {
  const effect = open();
  effect.processor.setParameter(id, max);
  const lane = effect.lane(SETUP);
  const signal = (): number => STEADY;
  const [before = new Float32Array()] = render(lane, { frames: SETTLE, signal });
  effect.processor.setParameter(id, min);
  const [output = new Float32Array()] = render(lane, { frames: FRAMES, signal });
  let last = before.at(-1) ?? 0;
  const change = Math.abs((output.at(-1) ?? 0) - last);
  if (change < INAUDIBLE) return undefined;
  let largest = 0;
  for (const sample of output) {
    largest = Math.max(largest, Math.abs(sample - last));
    last = sample;
  }
  if (largest <= change * LARGEST_PART) return undefined;
  return `"${name}" does ${Math.round((100 * largest) / change)} % of its change within one frame`;
}
