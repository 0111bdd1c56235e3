import { describe, expect, it } from 'vitest';
import { Assembler } from '../../../engine/src/meter/append/assembler.js';
import { ASK, pushAsk, pushPoll } from '../../../engine/src/meter/append/hook.js';
import { appended } from './appended-module.js';

describe('pushAsk()', () => {
  it('calls the hook with the question, the number of the call, and two numbers', async () => {
    const asked: number[][] = [];
    const { call, global } = await appended(
      '(module)',
      (appendix, place) => {
        const body = pushAsk(new Assembler(), ASK.WAIT, place, (to) => to.f64(1.5).f64(-2));
        return { ask: appendix.add(appendix.type([], [0x7c]), body.finish()) };
      },
      (...values) => (asked.push(values), 42),
    );
    global('calls').value = 9;
    expect(call('ask')).toBe(42);
    expect(asked).toEqual([[ASK.WAIT, 9, 1.5, -2]]);
  });
});

describe('pushPoll()', () => {
  it.each([
    [1, false],
    [0, true],
    [-1, true],
    [NaN, true],
  ])('of the answer %d traps: %s', async (answer, traps) => {
    const { call } = await appended(
      '(module)',
      (appendix, place) => ({
        poll: appendix.add(appendix.type([], []), pushPoll(new Assembler(), place).finish()),
      }),
      () => answer,
    );
    if (traps) expect(() => call('poll')).toThrow('unreachable');
    else expect(call('poll')).toBeUndefined();
  });
});
