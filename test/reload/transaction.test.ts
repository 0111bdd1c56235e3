import { describe, expect, it } from 'vitest';
import { Counters } from './counter.js';
import { setUp } from './set-up.js';

const counters = await new Counters().load();

describe('Transaction', () => {
  it('measures the pause by the clock, whatever that says', async () => {
    const { clock, reload, events } = setUp(counters);
    await clock.pass(1000);
    expect(await reload(2, undefined)).toMatchObject({
      from: '1.0.0',
      to: '2.0.0',
      state: 'carried',
      pauseMs: 0,
    });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'committed', pauseMs: 0 }));
  });
});
