import type { MeterPlan } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';
import { differences, loadGolden, PLANS } from './golden-modules.js';

describe('meterModule() burns what wasmtime 50.0.1 burns in random modules', () => {
  it.each(['everything', 'all but exact traps'])('%s', (plan) => {
    const options = PLANS[plan] as MeterPlan;
    expect(loadGolden('random.json.gz').flatMap((golden) => differences(golden, options))).toEqual([]);
  });
});
