import { describe, expect, it } from 'vitest';
import { appendWait } from '../../../engine/src/meter/append/index.js';
import { appended } from './appended-module.js';

const functions = (answer: number) =>
  appended(
    '(module)',
    (appendix, place) => ({ ...appendWait(appendix, place) }),
    () => answer,
  );

describe('appendWait()', () => {
  it.each([
    ['shorter than the deadline stays', 5n, 1, 5n],
    ['longer ends with it', 10_000_000n, 2, 2_000_000n],
    ['without an end does too', -1n, 2, 2_000_000n],
    ['stays where there is no deadline', -1n, Infinity, -1n],
    ['is none once the deadline has passed', 5n, 0, 0n],
  ])('a timeout that is %s', async (_, timeout, leftMs, expected) => {
    const { call } = await functions(leftMs);
    expect(call('clamp', timeout)).toBe(expected);
  });

  it('traps behind the sleep once the deadline has passed', async () => {
    expect((await functions(1)).call('wake')).toBeUndefined();
    const { call } = await functions(0);
    expect(() => call('wake')).toThrow('unreachable');
  });
});
