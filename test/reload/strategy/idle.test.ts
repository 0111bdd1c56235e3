import { describe, expect, it } from 'vitest';
import { untilIdle } from '../../../engine/src/reload/strategy/idle.js';
import type { Exports } from '../../../engine/src/reload/subject.js';
import { ManualClock } from '../counter.js';

/** Waits for a plugin to be idle; `f` is its function, as it is called then. */
function waiting(f: (value: number) => unknown, options = {}) {
  const clock = new ManualClock();
  let exports: Exports = {};
  let outcome: boolean | undefined;
  void untilIdle({ route: (given) => void (exports = given ?? {}) }, { f }, { clock, ...options }).then(
    (idle) => (outcome = idle),
  );
  const call = (value = 0): unknown => (exports['f'] as typeof f)(value);
  return { clock, call, outcome: () => outcome };
}

describe('untilIdle()', () => {
  it('ends after the time without a call; each call begins it anew', async () => {
    const { clock, call, outcome } = waiting((value) => value * 2);
    await clock.pass(99);
    expect(call(4)).toBe(8);
    await clock.pass(99);
    expect(outcome()).toBeUndefined();
    await clock.pass(1);
    expect(outcome()).toBe(true);
  });

  it('ends without being idle once patience is over', async () => {
    const { clock, call, outcome } = waiting(() => undefined, { idleMs: 100, patienceMs: 250 });
    for (let times = 0; times < 5; times++) {
      call();
      await clock.pass(50);
    }
    expect(outcome()).toBe(false);
  });

  it('waits for a call that is on its way, also one that fails', async () => {
    let settle = (_error: Error): void => undefined;
    const { clock, call, outcome } = waiting(async () => new Promise((_, reject) => (settle = reject)), {
      patienceMs: 1000,
    });
    const answer = call() as Promise<unknown>;
    await clock.pass(500);
    expect(outcome()).toBeUndefined();
    settle(new Error('no'));
    await expect(answer).rejects.toThrow('no');
    await clock.pass(99);
    expect(outcome()).toBeUndefined();
    await clock.pass(1);
    expect(outcome()).toBe(true);
  });

  it('passes on what a call throws, which ends it', async () => {
    const { clock, call, outcome } = waiting(() => {
      throw new Error('no');
    });
    expect(() => call()).toThrow('no');
    await clock.pass(100);
    expect(outcome()).toBe(true);
  });
});
