import type { MeterPlan } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';
import { differences, loadGolden, PLANS } from './golden-modules.js';

describe('meterModule() burns what wasmtime 50.0.1 burns', () => {
  for (const [plan, options] of Object.entries(PLANS)) {
    for (const golden of loadGolden('rules.json')) {
      it(`${golden.name} (${plan})`, () => {
        expect(differences(golden, options)).toEqual([]);
      });
    }
  }
});

describe('meterModule() burns what wasmtime 50.0.1 burns in random modules', () => {
  // The other modules and plans: `golden.long.test.ts`.
  it('everything, each fifth module', () => {
    const options = PLANS['everything'] as MeterPlan;
    const some = loadGolden('random.json.gz').filter((_, at) => at % 5 === 0);
    expect(some.flatMap((golden) => differences(golden, options))).toEqual([]);
  });
});
