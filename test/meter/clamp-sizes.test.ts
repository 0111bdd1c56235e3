import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { meterModule, type MeterPlan } from '@wasm-plugin/engine/meter';
import { decodeModule } from '@wasm-plugin/engine/module';
import { describe, expect, it } from 'vitest';

async function maxima(text: string, plan: MeterPlan): Promise<(bigint | undefined)[]> {
  const { memories, tables } = decodeModule(meterModule(await parse(text), plan).bytes);
  // The last table is the meter's own.
  return [...memories, ...tables.slice(0, -1).map(({ limits }) => limits)].map(({ maximum }) => maximum);
}

describe('meterModule() clamps', () => {
  it('lowers a maximum, and never raises one', async () => {
    const text = '(module (memory 1) (table 2 funcref) (table 2 3 funcref))';
    expect(await maxima(text, { memoryPages: 5, tableElements: 4 })).toEqual([5n, 4n, 3n]);
    expect(await maxima(text, {})).toEqual([undefined, undefined, 3n]);
  });

  it('accepts a minimum that is the clamp, and refuses a larger one', async () => {
    expect(await maxima('(module (memory 5))', { memoryPages: 5 })).toEqual([5n]);
    await expect(maxima('(module (memory 6))', { memoryPages: 5 })).rejects.toMatchObject({
      code: 'WP_MODULE_LIMIT',
      fault: 'a memory starts with 6 pages, but may have 5',
    });
  });
});
