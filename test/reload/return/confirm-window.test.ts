import { describe, expect, it } from 'vitest';
import type { RecordedCalls } from '../../../engine/src/reload/calls/recorded-calls.js';
import {
  createConfirmTimer,
  goneError,
  openConfirmWindow,
} from '../../../engine/src/reload/return/confirm-window.js';
import { ManualClock } from '../counter.js';
import { versionOf } from '../version-of.js';

describe('createConfirmTimer()', () => {
  it('does the work at the end of the time that begins with start()', async () => {
    const clock = new ManualClock();
    let rung = 0;
    const timer = createConfirmTimer(clock, 100);
    await clock.pass(60);
    timer.start(() => void rung++);
    await clock.pass(99);
    expect(rung).toBe(0);
    await clock.pass(1);
    expect(rung).toBe(1);
  });

  it('waits for start() also where its own time is over before', async () => {
    const clock = new ManualClock();
    let rung = 0;
    const timer = createConfirmTimer(clock, 100);
    await clock.pass(500);
    timer.start(() => void rung++);
    await clock.pass(99);
    expect(rung).toBe(0);
    await clock.pass(1);
    expect(rung).toBe(1);
  });

  it.each([100, Infinity])('of %d ms does nothing after cancel()', async (ms) => {
    const clock = new ManualClock();
    let rung = 0;
    const timer = createConfirmTimer(clock, ms);
    timer.start(() => void rung++);
    timer.cancel();
    await clock.pass(1000);
    expect(rung).toBe(0);
  });

  it('never ends where the time is infinite', async () => {
    const clock = new ManualClock();
    let rung = 0;
    createConfirmTimer(clock, Infinity).start(() => void rung++);
    await clock.pass(1e9);
    expect(rung).toBe(0);
  });
});

describe('openConfirmWindow()', () => {
  function open(calls: number) {
    const clock = new ManualClock();
    const confirmed: number[] = [];
    const window = openConfirmWindow({
      old: versionOf('1.0.0', {}),
      oldPoint: undefined,
      fresh: versionOf('2.0.0', {}),
      recorded: {} as RecordedCalls,
      timer: createConfirmTimer(clock, 100),
      calls,
      onConfirmed: (count) => confirmed.push(count),
    });
    return { clock, confirmed, window };
  }

  it('ends with the calls, once', async () => {
    const { clock, confirmed, window } = open(2);
    window.answered();
    expect(confirmed).toEqual([]);
    window.answered();
    window.answered();
    await clock.pass(200);
    expect(confirmed).toEqual([2]);
  });

  it('ends with the time, and says how many calls there were', async () => {
    const { clock, confirmed, window } = open(5);
    window.answered();
    await clock.pass(100);
    expect(confirmed).toEqual([1]);
  });

  it('ends without a word by close()', async () => {
    const { clock, confirmed, window } = open(1);
    window.close();
    window.answered();
    await clock.pass(100);
    expect(confirmed).toEqual([]);
  });
});

describe('goneError()', () => {
  it('names the version and its state', () => {
    const version = versionOf('1.0.0', {});
    void version.instance.close();
    expect(goneError(version, 'eq')).toMatchObject({
      code: 'WP_RELOAD',
      step: 'rollback',
      plugin: 'eq',
      message: expect.stringContaining('version 1.0.0 cannot come back: it is closed'),
    });
  });
});
