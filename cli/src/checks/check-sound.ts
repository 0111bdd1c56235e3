import { readFile } from 'node:fs/promises';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import { AUDIO_CHECKS, checkAudio, fuelPerFrame } from '../audio/index.js';
import { check, type CheckResult } from './check.js';

/** The checks of the sound to run. */
export interface SoundRequest {
  /** 1 to 10: stricter checks are left out. */
  strictness: number;
  /** Runs the check of this name alone. */
  name?: string | undefined;
  seed: number;
}

/** Runs the checks of an audio effect, each by itself. What fails says how to run it alone. */
export async function checkSound(
  component: string,
  { strictness, name: wanted, seed }: SoundRequest,
): Promise<CheckResult[]> {
  const bytes = await readFile(component);
  const results: CheckResult[] = [];
  for (const { name, claim, level } of AUDIO_CHECKS) {
    if (level > strictness || (wanted !== undefined && name !== wanted)) continue;
    results.push(
      await check(`${name}: ${claim}`, async () => {
        const [result] = await checkAudio(bytes, { seed, selects: (each) => each === name });
        if (result?.found === undefined) return;
        throw new Error(`${result.found}\nalone: wasm-plugin test --audio ${name} --seed ${seed}`);
      }),
    );
  }
  return results;
}

/** Holds a plugin to `audio.fuelPerFrame` of its manifest. Empty if it promises nothing. */
export async function checkFuelPerFrame(component: string, { audio }: Manifest): Promise<CheckResult[]> {
  const most = audio?.fuelPerFrame;
  if (most === undefined) return [];
  return [
    await check('it keeps to its audio.fuelPerFrame', async () => {
      const { usual, worst, sound } = await fuelPerFrame(await readFile(component));
      if (worst > most)
        throw new Error(
          `a block of "${sound}" burns ${worst} fuel a frame, usually ${usual}; wanted at most ${most}`,
        );
      return `${usual} usually, at most ${worst} ("${sound}"), of ${most}`;
    }),
  ];
}
