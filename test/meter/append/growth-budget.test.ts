import { describe, expect, it } from 'vitest';
import { GrowthBudget } from '../../../engine/src/meter/append/growth-budget.js';

const MIB = 2 ** 20;

describe('GrowthBudget.book()', () => {
  it('lets a small module grow to 16 MiB, whatever its size', () => {
    const budget = new GrowthBudget(10);
    for (let times = 0; times < 16; times++) budget.book(MIB);
    expect(() => budget.book(1)).toThrow(expect.objectContaining({ code: 'WP_MODULE_LIMIT' }));
  });

  it('lets a large module grow to six times its size', () => {
    const budget = new GrowthBudget(10 * MIB);
    expect(() => budget.book(60 * MIB)).not.toThrow();
    expect(() => budget.book(1)).toThrow(/larger than 62914560 bytes/);
  });
});
