import { readFileSync } from 'node:fs';
import { Random, randomValue, shrinkValue, smallestFailing } from 'wasm-plugin/random';
import { describe, expect, it } from 'vitest';
import { jsonFrom } from '../../cli/src/values/index.js';
import { echoFunctions } from '../differential/echo-functions.js';
import { repoFile } from './run-cli.js';

const FUNCTIONS = echoFunctions(
  readFileSync(repoFile('plugins-rust/build/values.wasm')),
  'wasm-plugin:values/echo@0.1.0',
).flatMap(({ name, type }) => type.params.map((param) => [name, param.type] as const));

describe('shrinkValue()', () => {
  it.each(FUNCTIONS)('comes to an end with values of the type: %s', async (name, type) => {
    const random = new Random(name.length);
    for (let round = 0; round < 5; round++) {
      const input = randomValue(type, random);
      let seen = 0;
      await smallestFailing(
        { input, finding: true },
        {
          shrink: (value) => shrinkValue(type, value),
          run: (value) => {
            // Throws where it is no value of the type.
            jsonFrom(value, type);
            seen++;
            return Promise.resolve(true);
          },
          mostRuns: 5000,
        },
      );
      expect(seen).toBeLessThan(5000);
    }
  });

  it('finds the smallest list that has what fails', async () => {
    const { input } = await smallestFailing<unknown, boolean>(
      { input: Uint32Array.of(9, 700, 3, 8, 1), finding: true },
      {
        shrink: (value) => shrinkValue({ kind: 'list', element: { kind: 'u32' } }, value),
        run: (value) => Promise.resolve((value as Uint32Array).some((item) => item > 99) || undefined),
        mostRuns: 1000,
      },
    );
    expect(input).toEqual(Uint32Array.of(100));
  });
});
