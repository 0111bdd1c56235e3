import { describe, expect, it } from 'vitest';
import { Trial } from '../../../engine/src/reload/strategy/trial.js';
import type { Exports } from '../../../engine/src/reload/subject.js';
import { ManualClock } from '../counter.js';
import { versionOf } from '../version-of.js';

/** A trial of functions that note who made a call. */
function trial({ fresh = {} as object, old = {} as object, ...options }) {
  const log: string[] = [];
  const noting = (name: string) => ({
    f: (value: number) => (log.push(`${name} ${value}`), `${name} ${value}`),
  });
  const versions = {
    old: versionOf('1.0.0', { ...noting('old'), ...old }),
    fresh: versionOf('2.0.0', { ...noting('new'), ...fresh }),
  };
  let exports: Exports = {};
  const clock = new ManualClock();
  let committed = 0;
  const made = new Trial(
    { route: (given) => void (exports = given ?? {}), hold: () => () => undefined },
    { ...versions, exports: versions.old.instance.exports },
    options,
  );
  const end = made.run(clock, () => void committed++);
  const call = (name: string, value: number): unknown => (exports[name] as (value: number) => unknown)(value);
  return { call, end, log, clock, committed: () => committed, made };
}

describe('Trial', () => {
  it('makes each call to both versions, and the new one answers its share', async () => {
    const { call, end, log, committed } = trial({ calls: 4, share: 0.5 });
    expect([1, 2, 3, 4].map((value) => call('f', value))).toEqual(['old 1', 'new 2', 'old 3', 'new 4']);
    expect(await end).toBeUndefined();
    expect([log.length, committed()]).toEqual([8, 1]);
  });

  it('makes each call to one of them, where that is asked for', async () => {
    const { call, end, log } = trial({ calls: 2, share: 0.5, state: 'split' });
    expect([call('f', 1), call('f', 2), await end]).toEqual(['old 1', 'new 2', undefined]);
    expect(log).toEqual(['old 1', 'new 2']);
  });

  it('ends where the new version lacks a function, which the old one answers', async () => {
    const { call, end, committed } = trial({ old: { g: () => 'old g' } });
    expect(call('g', 1)).toBe('old g');
    expect(await end).toEqual({ error: new Error('the new version has no export "g"') });
    expect(committed()).toBe(0);
  });

  it('ends where the calls do not come', async () => {
    const { call, end, clock } = trial({ calls: 3, patienceMs: 100 });
    call('f', 1);
    await clock.pass(100);
    expect(await end).toEqual({ error: new Error('only 1 of 3 calls came in 100 ms') });
  });

  it.each([0, -1, 1.1, NaN])('refuses the share %d', (share) => {
    expect(() => trial({ share })).toThrow(RangeError);
  });
});
