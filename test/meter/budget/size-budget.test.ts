import { describe, expect, it } from 'vitest';
import { resolveMeterLimits } from '../../../engine/src/meter/budget/meter-limits.js';
import { SizeBudget } from '../../../engine/src/meter/budget/size-budget.js';

const PAGE = 65_536;

function budget(limits: Parameters<typeof resolveMeterLimits>[0] = {}): SizeBudget {
  return new SizeBudget(resolveMeterLimits(limits));
}

/** A metered module, as far as its initial sizes go. */
function module(memoryPages: number[], tableElements: number[] = []): Parameters<SizeBudget['admit']>[0] {
  return { memoryPages, tableElements } as unknown as Parameters<SizeBudget['admit']>[0];
}

describe('SizeBudget', () => {
  it('books all memories and tables a module starts with', () => {
    const sizes = budget({ memoryBytes: 3 * PAGE, tableElements: 5 });
    expect(sizes.admit(module([1, 2], [2, 3]))).toBeUndefined();
    expect([sizes.memoryBytes, sizes.tableElements]).toEqual([3 * PAGE, 5]);
  });

  it('says which limit is too small, and books nothing then', () => {
    const sizes = budget({ memoryBytes: PAGE, tableElements: 5 });
    expect(sizes.admit(module([2]))).toEqual({ quota: 'memoryBytes', limit: PAGE, used: 2 * PAGE });
    expect(sizes.admit(module([1], [6]))).toEqual({ quota: 'tableElements', limit: 5, used: 6 });
    expect([sizes.memoryBytes, sizes.tableElements]).toEqual([0, 0]);
  });

  it('books growth up to the limit', () => {
    const sizes = budget({ tableElements: 5 });
    expect(sizes.grow('tableElements', 5)).toBeUndefined();
    expect(sizes.grow('tableElements', 1)).toEqual({ quota: 'tableElements', limit: 5, used: 6 });
    expect(sizes.tableElements).toBe(5);
  });

  it('refuses growth beyond the safe integers where there is no limit', () => {
    const sizes = budget();
    expect(sizes.grow('memoryBytes', Number.MAX_SAFE_INTEGER)).toBeUndefined();
    expect(sizes.grow('memoryBytes', 2)).toBeDefined();
  });
});
