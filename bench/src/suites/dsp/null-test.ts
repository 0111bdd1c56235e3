import type { Setup, Subject } from './subject.js';
import { noiseBlocks } from './test-signal.js';

/** Difference of two subjects. */
export interface NullResult {
  /** Samples that are not bit for bit the same. */
  different: number;
  /** The largest difference, in decibels below full scale; `null` if there is none. */
  peakDb: number | null;
}

const SEED = 11;
/** Noise, then silence: the decay is compared too. */
const NOISE_BLOCKS = 300;
const SILENT_BLOCKS = 100;

/** Runs each subject on the same blocks and compares its output with that of `reference`. */
export function nullTest(
  reference: Subject,
  subjects: ReadonlyMap<string, Subject>,
  setup: Setup,
): Map<string, NullResult> {
  const fill = noiseBlocks(SEED, setup);
  const all = [reference, ...subjects.values()];
  const worst = new Map<string, { different: number; peak: number }>();
  for (const name of subjects.keys()) worst.set(name, { different: 0, peak: 0 });
  for (let block = 0; block < NOISE_BLOCKS + SILENT_BLOCKS; block++) {
    if (block < NOISE_BLOCKS) fill(all);
    else for (const { inputs } of all) for (const input of inputs) input.fill(0);
    for (const subject of all) subject.process(setup.maxFrames);
    for (const [name, { outputs }] of subjects) compare(worst.get(name)!, outputs, reference.outputs);
  }
  const results = new Map<string, NullResult>();
  for (const [name, { different, peak }] of worst) {
    results.set(name, { different, peakDb: peak === 0 ? null : 20 * Math.log10(peak) });
  }
  return results;
}

function compare(
  worst: { different: number; peak: number },
  outputs: readonly Float32Array[],
  wanted: readonly Float32Array[],
): void {
  for (const [channel, output] of outputs.entries()) {
    const reference = wanted[channel] as Float32Array;
    for (let at = 0; at < output.length; at++) {
      if (Object.is(output[at], reference[at])) continue;
      worst.different++;
      const apart = Math.abs((output[at] as number) - (reference[at] as number));
      worst.peak = Math.max(worst.peak, Number.isNaN(apart) ? Infinity : apart);
    }
  }
}
