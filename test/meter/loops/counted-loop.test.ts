import { describe, expect, it } from 'vitest';
import {
  costOfAll,
  isExact,
  negate,
  type CountedLoop,
} from '../../../engine/src/meter/loops/counted-loop.js';

const constant = (offset: number) => ({ kind: 'linear', local: -1, plus: -1, offset }) as const;
const NE = 0x47;
const LT_S = 0x48;
const GT_S = 0x4a;
const LE_S = 0x4c;
const LE_U = 0x4d;

function loop(changes: Partial<CountedLoop>): CountedLoop {
  return {
    counter: 0,
    tested: constant(1),
    op: LT_S,
    bound: constant(10),
    step: 1,
    stepLocal: -1,
    roundCost: 5,
    exitCost: 2,
    testsLast: true,
    mayLeave: false,
    inner: [],
    ...changes,
  };
}

describe('costOfAll()', () => {
  it.each([
    ['9 rounds that go on, and the last', {}, 9 * 5 + 5 + 2],
    ['a test in front', { testsLast: false }, 9 * 5 + 2],
    ['steps that pass over the bound', { step: 4 }, 3 * 5 + 5 + 2],
    ['an inclusive bound', { op: LE_S }, 10 * 5 + 5 + 2],
    ['a way down', { op: GT_S, tested: constant(10), bound: constant(1), step: -3 }, 3 * 5 + 5 + 2],
    ['a bound that is met', { op: NE, step: 3 }, 3 * 5 + 5 + 2],
    ['unsigned numbers', { op: LE_U, tested: constant(-4), bound: constant(-2) }, 3 * 5 + 5 + 2],
  ])('of %s', (_, changes: Partial<CountedLoop>, cost) => {
    expect(costOfAll(loop(changes))).toBe(cost);
  });

  it.each([
    ['a bound that is stepped over', { op: NE, step: 4 }],
    ['a first test that fails', { tested: constant(11) }],
    ['a counter that wraps around', { op: LE_S, bound: constant(0x7fffffff), tested: constant(0x7ffffff0) }],
    ['a bound in a local', { bound: { ...constant(0), local: 1 } }],
    ['a start in a local', { tested: { ...constant(0), local: 1 } }],
    ['a step in a local', { stepLocal: 2 }],
    ['another way out', { mayLeave: true }],
    ['a cost beyond a million', { roundCost: 200_000 }],
  ])('is not known of %s', (_, changes: Partial<CountedLoop>) => {
    expect(costOfAll(loop(changes))).toBeUndefined();
  });
});

describe('negate()', () => {
  const [a, b] = [constant(1), constant(2)];

  it.each([
    [0x46, NE],
    [LT_S, 0x4e],
    [LE_U, 0x4b],
  ])('of the comparison %i is %i, and back', (op, other) => {
    const comparison = { kind: 'comparison', op, left: a, right: b } as const;
    expect(negate(comparison)).toEqual({ ...comparison, op: other });
    expect(negate({ ...comparison, op: other })).toEqual(comparison);
  });

  it('of a number is whether it is 0, and of nothing is nothing', () => {
    expect(negate(a)).toEqual({ kind: 'comparison', op: 0x46, left: a, right: constant(0) });
    expect(negate(undefined)).toBeUndefined();
  });
});

describe('isExact()', () => {
  it.each([
    [{}, true],
    [{ mayLeave: true }, false],
    [{ stepLocal: 0 }, false],
  ])('of %o', (changes, expected) => {
    expect(isExact(loop(changes))).toBe(expected);
  });
});
