import { describe, expect, it } from 'vitest';
import { MemoryViews } from '../../engine/src/canonical/memory-views.js';

describe('MemoryViews', () => {
  it('are views of one memory, which renew() makes again once it has grown', () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const views = new MemoryViews(memory);
    views.f64[1] = -1.5;
    expect([views.u8[15], views.s8[15], views.u16[7], views.s16[7]]).toEqual([0xbf, -65, 0xbff8, -16392]);
    expect([views.u32[3], views.s32[3], views.f32[3]]).toEqual([0xbff80000, -1074266112, -1.9375]);
    expect([views.u64[1], views.s64[1]]).toEqual([0xbff8000000000000n, -4613937818241073152n]);
    memory.grow(1);
    expect(views.u8.length).toBe(0);
    views.renew();
    expect([views.u8.length, views.f64[1]]).toEqual([131_072, -1.5]);
  });
});
