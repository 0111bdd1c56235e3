import { readFileSync } from 'node:fs';
import { AUDIO_CHECKS, checkAudio } from 'wasm-plugin/audio';
import { describe, expect, it } from 'vitest';

const guest = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../plugins-as/build/${name}.wasm`, import.meta.url));

describe('checkAudio()', () => {
  it('leaves out what is stricter than asked for', async () => {
    const results = await checkAudio(guest('zoo'), { strictness: 2 });
    expect(results.map(({ name, level }) => ({ name, level }))).toEqual([
      { name: 'finite', level: 1 },
      { name: 'setups', level: 1 },
      { name: 'realtime', level: 2 },
    ]);
  });

  it('runs one check alone, and finds the same for the same seed', async () => {
    const options = { seed: 5, selects: (name: string) => name === 'steady-cost' };
    const results = await Promise.all([
      checkAudio(guest('zoo-slow-blocks'), options),
      checkAudio(guest('zoo-slow-blocks'), options),
    ]);
    expect(results[0]).toEqual(results[1]);
    expect(results[0]).toMatchObject([
      { name: 'steady-cost', found: expect.stringMatching(/^block 999 costs/) },
    ]);
  });

  it('has names of its own for all checks, levels 1 to 10', () => {
    const names = AUDIO_CHECKS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { level } of AUDIO_CHECKS) expect([1, 10]).toEqual([Math.min(level, 1), Math.max(level, 10)]);
  });

  it('refuses what is no audio effect', async () => {
    await expect(checkAudio(guest('values'))).rejects.toMatchObject({ code: expect.stringMatching(/^WP_/) });
  });
});
