import type { MeterPlan } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';
import { differences, loadGolden, PLANS } from './golden-modules.js';

describe('meterModule() burns what wasmtime 50.0.1 burns in random modules', () => {
  it('all but exact traps', () => {
    const options = PLANS['all but exact traps'] as MeterPlan;
    expect(loadGolden('random.json.gz').flatMap((golden) => differences(golden, options))).toEqual([]);
  });
});
