import { describe, expect, it } from 'vitest';
import { LinkBudget } from '../../engine/src/link/link-budget.js';

function budget({ linkBytes = Infinity, timeMs = Infinity, wallMs = Infinity } = {}) {
  const clock = { nowMs: 5, looks: 0 };
  const now = (): number => (clock.looks++, clock.nowMs);
  return { clock, budget: new LinkBudget({ limits: { linkBytes, timeMs, wallMs }, plugin: 'eq', now }) };
}

describe('LinkBudget.spend(), define() and enter()', () => {
  it('add up to the limit', () => {
    const { budget: made } = budget({ linkBytes: 700 });
    made.enter();
    made.define();
    made.define();
    made.spend(60);
    expect(made.bytes).toBe(700);
    expect(() => made.spend(1)).toThrow(
      expect.objectContaining({
        code: 'WP_QUOTA_LINK',
        limit: 'linkBytes',
        allowed: 700,
        used: 701,
        plugin: 'eq',
      }),
    );
  });
});

describe('LinkBudget.look()', () => {
  it.each([
    ['wallMs', { wallMs: 800, timeMs: 900 }, 800, 'WP_QUOTA_WALL'],
    ['timeMs', { wallMs: 900, timeMs: 800 }, 800, 'WP_QUOTA_TIME'],
    ['wallMs, where both are the same', { wallMs: 800, timeMs: 800 }, 800, 'WP_QUOTA_WALL'],
    ['wallMs, though not below half a second', { wallMs: 10 }, 500, 'WP_QUOTA_WALL'],
  ])('ends linking at %s', (_, limits, lastMs, code) => {
    const { budget: made, clock } = budget(limits);
    clock.nowMs += lastMs;
    expect(() => made.look()).not.toThrow();
    clock.nowMs += 1;
    expect(() => made.look()).toThrow(expect.objectContaining({ code, used: lastMs + 1 }));
  });

  it('costs nothing without a deadline, and comes with every 256th definition', () => {
    const { budget: free, clock: freeClock } = budget();
    free.look();
    expect(freeClock.looks).toBe(1);
    const { budget: made, clock } = budget({ timeMs: 800 });
    clock.nowMs += 2000;
    for (let definitions = 1; definitions < 256; definitions++) made.define();
    expect(() => made.define()).toThrow(expect.objectContaining({ code: 'WP_QUOTA_TIME' }));
  });
});
