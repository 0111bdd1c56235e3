import { describe, expect, it } from 'vitest';
import { tableFunctionOf } from '../../../engine/src/meter/budget/hook-trampoline.js';

describe('tableFunctionOf()', () => {
  it('makes a function that a table takes, and that passes four numbers and the answer on', () => {
    const asked: number[][] = [];
    const table = new WebAssembly.Table({ element: 'anyfunc', initial: 1 });
    table.set(
      0,
      tableFunctionOf((...values) => (asked.push(values), 2.5)),
    );
    expect((table.get(0) as (...values: number[]) => number)(1, -2, 3.5, NaN)).toBe(2.5);
    expect(asked).toEqual([[1, -2, 3.5, NaN]]);
  });
});
