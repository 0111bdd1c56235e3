import { describe, expect, it } from 'vitest';
import { appendControls, appendRefuel, appendToll, ASK } from '../../../engine/src/meter/append/index.js';
import { appended } from './appended-module.js';

async function refuelled(answer: number, exactTraps = false) {
  const asked: number[][] = [];
  const instance = await appended(
    '(module)',
    (appendix, place) => {
      const { begin, used } = appendControls({ appendix, globals: place.globals, resetFrames: undefined });
      return {
        refuel: appendRefuel(appendix, place, { exactTraps }),
        toll: appendToll(appendix, place),
        begin,
        used,
      };
    },
    (question, _, first, second) => (asked.push([question, first, second]), answer),
  );
  instance.call('begin', 100);
  return { asked, ...instance };
}

describe('appendRefuel()', () => {
  it('says what was used, and returns the counter less its offset with the new fuel', async () => {
    const { call, asked, global } = await refuelled(50);
    global('earlier').value = 7n;
    // 100 were given; the local says -1, and 4 are pending: 103 are used.
    expect(call('refuel', -1n, 4n)).toBe(-54n);
    expect(asked).toEqual([[ASK.FUEL, 103, 7]]);
    expect(call('used')).toBe(103);
    expect(global('counter').value).toBe(-50n);
  });

  it.each([0, -1, NaN])('traps where the hook answers %d', async (answer) => {
    const { call } = await refuelled(answer);
    expect(() => call('refuel', 0n, 0n)).toThrow('unreachable');
  });

  it('leaves the global with what it said before, where traps are to be exact', async () => {
    const { call, global } = await refuelled(50, true);
    global('counter').value = -80n;
    expect(call('refuel', 0n, 0n)).toBe(-50n);
    // 20 of the 100 were used as the global says it, and so they are after there are 50 more.
    expect(call('used')).toBe(20);
  });
});

describe('appendToll()', () => {
  it('looks at the deadline at the first, and then at every eighth', async () => {
    const { call, asked } = await refuelled(1);
    const looks = Array.from({ length: 18 }, () => {
      const before = asked.length;
      call('toll');
      return asked.length - before;
    });
    expect(looks).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    expect(asked[0]?.[0]).toBe(ASK.POLL);
  });

  it('traps once the deadline has passed', async () => {
    const { call } = await refuelled(0);
    expect(() => call('toll')).toThrow('unreachable');
  });
});
