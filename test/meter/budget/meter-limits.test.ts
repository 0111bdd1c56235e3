import { createMeter } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';

describe('createMeter() limits', () => {
  it.each([{}, { fuel: Infinity, timeMs: Infinity }, { fuel: 0, wallMs: 0.5 }, { memoryBytes: undefined }])(
    'accepts %o',
    (limits) => {
      expect(createMeter(limits).verdict).toBeUndefined();
    },
  );

  it.each([{ fuel: -1 }, { fuel: 1.5 }, { tableElements: NaN }, { timeMs: -0.5 }, { wallMs: NaN }])(
    'refuses %o as out of range',
    (limits) => {
      expect(() => createMeter(limits)).toThrow(RangeError);
    },
  );

  it.each([
    ['text', { fuel: '5' }],
    ['a switch', { strictMemory: 1 }],
  ])('refuses %s as a value', (_, limits) => {
    expect(() => createMeter(limits as never)).toThrow(RangeError);
  });

  it('refuses an unknown key by name', () => {
    expect(() => createMeter({ toString: 1 } as never)).toThrow(TypeError);
    expect(() => createMeter({ lifetimeFuel: 1 } as never)).toThrow(/unknown key "lifetimeFuel"/);
  });
});
