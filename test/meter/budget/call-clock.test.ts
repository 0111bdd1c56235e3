import { describe, expect, it } from 'vitest';
import { CallClock } from '../../../engine/src/meter/budget/call-clock.js';

function clockAt(): { clock: CallClock; pass(ms: number): void } {
  let now = 100;
  const clock = new CallClock(() => now);
  clock.limit({ timeMs: 50, wallMs: Infinity });
  return { clock, pass: (ms) => void (now += ms) };
}

describe('CallClock.endCall()', () => {
  it('lengthens the slices of calls that end soon after their first one, up to the longest', () => {
    const { clock, pass } = clockAt();
    const slices = [clock.slice];
    for (let call = 0; call < 4; call++) {
      clock.start();
      pass(0.1);
      expect(clock.endCall()).toBeUndefined();
      slices.push(clock.slice);
    }
    expect(slices).toEqual([100_000, 200_000, 400_000, 500_000, 500_000]);
  });

  it('lengthens them further under a long deadline, and cuts them when a shorter one follows', () => {
    const { clock, pass } = clockAt();
    const longest = (limits: { timeMs: number; wallMs: number }): number => {
      clock.limit(limits);
      for (let call = 0; call < 6; call++) {
        clock.start();
        pass(0.1);
        clock.endCall();
      }
      return clock.slice;
    };
    expect(longest({ timeMs: 100, wallMs: Infinity })).toBe(1_000_000);
    expect(longest({ timeMs: 10_000, wallMs: Infinity })).toBe(2_000_000);
    expect(longest({ timeMs: 10_000, wallMs: 120 })).toBe(1_200_000);
    clock.limit({ timeMs: 50, wallMs: Infinity });
    expect(clock.slice).toBe(500_000);
  });

  it('leaves the slices of calls that go on as they are, and says which deadline has passed', () => {
    const { clock, pass } = clockAt();
    clock.start();
    pass(60);
    expect(clock.endCall()).toEqual({ quota: 'timeMs', limit: 50, used: 60 });
    expect(clock.slice).toBe(100_000);
  });
});
