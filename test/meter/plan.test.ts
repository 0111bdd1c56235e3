import { resolveMeterPlan } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';

describe('resolveMeterPlan()', () => {
  it('completes a plan, and freezes it', () => {
    const plan = resolveMeterPlan({ memoryPages: 3 });
    expect(plan).toEqual({
      memoryPages: 3,
      tableElements: undefined,
      exactTraps: false,
      sharedMemories: false,
      unboundedHeap: false,
      stackDepth: false,
    });
    expect(Object.isFrozen(plan)).toBe(true);
  });

  it.each([{ memoryPages: -1 }, { tableElements: 0.5 }, { memoryPages: Infinity }])('refuses %o', (plan) => {
    expect(() => resolveMeterPlan(plan)).toThrow(RangeError);
  });

  it.each([{ exactTraps: 1 }, { stackDepth: true }, { unboundedHeap: null }])('refuses %o', (plan) => {
    expect(() => resolveMeterPlan(plan as never)).toThrow(TypeError);
  });

  it('refuses an unknown key by name', () => {
    expect(() => resolveMeterPlan({ hoist: true } as never)).toThrow(/unknown key "hoist"/);
  });
});
