import type { PluginError } from '@wasm-plugin/abi';
import { createMemoryStore, type StateBudget } from '@wasm-plugin/engine/reload';
import { beforeAll, describe, expect, it } from 'vitest';
import { Counters, type CounterSettings } from './counter.js';
import { failureOf, setUp as setUpCounter } from './set-up.js';

/** Calls may run for long, saves and restores may not. */
const BUDGETS: readonly (readonly [string, StateBudget, string])[] = [
  ['fuel', { save: { fuel: 20_000 } }, 'WP_QUOTA_FUEL'],
  ['time', { save: { timeMs: 2 } }, 'WP_QUOTA_TIME'],
  ['wall time', { save: { wallMs: '2 ms' } }, 'WP_QUOTA_WALL'],
];

let counters: Counters;

beforeAll(async () => {
  counters = await new Counters({ fuel: 1e12, timeMs: 60_000, wallMs: 60_000 }).load();
});

const setUp = (options = {}, settings: CounterSettings = {}) => setUpCounter(counters, options, settings);

describe.each(BUDGETS)('a save that goes on for ever, under a budget of %s', (_, budget, code) => {
  // Only the step that was over its budget may cost the old instance, so its calls are written down.
  it('keep-old: the old version serves with its whole state', async () => {
    const { call, reload, subject, events } = setUp({ budget, recovery: true });
    await reload(2, 'save-spin', { confirm: { calls: 0 } });
    const old = subject.current().instance;
    call(20);
    const error = await failureOf(reload(3, undefined));
    expect(error).toMatchObject({ step: 'save', instanceUsable: true, cause: { code } });
    expect([old.state, subject.current().version]).toEqual(['dead', '2.0.0']);
    expect(events.find(({ kind }) => kind === 'recovered')).toMatchObject({ state: 'whole', replayed: 20 });
    expect(call(20)).toEqual(Array.from({ length: 20 }, () => 2));
  });

  it('keep-old, calls not written down: dead, and says so, as no other instance has its state', async () => {
    const { reload, subject, events } = setUp({ budget }, { fault: 'save-spin' });
    expect(await failureOf(reload(2, undefined))).toMatchObject({ step: 'save', instanceUsable: false });
    expect(events.at(-1)).toMatchObject({
      error: { message: expect.stringContaining('nothing serves now: recover it') as string },
    });
    expect(() => subject.counting.add(1n)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('discard-state: the new version begins afresh', async () => {
    const { reload, subject } = setUp({ budget }, { fault: 'save-spin' });
    expect(await reload(2, undefined, { policy: 'discard-state' })).toMatchObject({ state: 'discarded' });
    expect(subject.counting.add(1n)).toMatchObject({ calls: 1n, version: 2 });
  });

  it('last-good: the new version begins with the newest state there is', async () => {
    const store = createMemoryStore();
    await setUp({ store }).reloader.save();
    const { reload, subject } = setUp({ budget, store }, { fault: 'save-spin' });
    expect(await reload(2, undefined, { policy: 'last-good' })).toMatchObject({ state: 'last-good' });
    expect(subject.counting.read()).toMatchObject({ calls: 10n, version: 2 });
  });

  it('an old version that died of it is left all the same', async () => {
    const { reload, subject } = setUp({ budget }, { fault: 'save-spin' });
    await failureOf(reload(2, undefined));
    expect(await failureOf(reload(2, undefined))).toMatchObject({ step: 'save', instanceUsable: false });
    await reload(2, undefined, { policy: 'discard-state' });
    expect(subject.counting.add(1n)).toMatchObject({ calls: 1n, version: 2 });
  });
});

describe('ReloaderOptions.budget', () => {
  it('holds for the save alone: the calls after it have the limits of the instance', async () => {
    const { call, reload, reloader } = setUp({ budget: { save: { fuel: 20_000 } } });
    await reloader.save();
    call(2);
    await reload(2, undefined);
    call(2);
  });

  it('may be more than the instance has for its calls', async () => {
    const tight = await new Counters({ fuel: 50_000 }).load();
    const large = { ballast: 100_000 };
    expect(await failureOf(setUp({}, large).reloader.reload(() => tight.start(2)))).toMatchObject({
      step: 'restore',
      cause: { code: 'WP_QUOTA_FUEL', allowed: 50_000 },
    });
    const { reloader, subject } = setUp({ budget: { restore: { fuel: 'none' } } }, large);
    await reloader.reload(() => tight.start(2), { confirm: { calls: 0 } });
    expect(subject.counting.add(1n)).toMatchObject({ calls: 11n, version: 2 });
    await expect(reloader.save()).rejects.toMatchObject({ code: 'WP_QUOTA_FUEL', allowed: 50_000 });
  });

  it('holds for the restore: the old version serves untouched', async () => {
    const { reload, call, subject } = setUp({ budget: { restore: { fuel: 500 } } });
    const old = subject.current();
    const error = await failureOf(reload(2, undefined));
    expect(error).toMatchObject({ step: 'restore', instanceUsable: true, cause: { code: 'WP_QUOTA_FUEL' } });
    expect(subject.current()).toBe(old);
    expect(call(3)).toEqual([1, 1, 1]);
  });

  it.each(['keep-old', 'discard-state', 'last-good'] as const)(
    'is refused by name where the instance is not metered, under the policy %s',
    async (policy) => {
      const unmetered = await new Counters().load();
      const { reload, call } = setUpCounter(unmetered, { budget: { save: { fuel: 1000 } } });
      const error = await failureOf(reload(2, undefined, { policy }));
      expect(error).toMatchObject({ step: 'save', instanceUsable: true, cause: { code: 'WP_LIMITS' } });
      expect(error.message).toContain('fuel has to be given when the plugin is loaded');
      expect(call(3)).toEqual([1, 1, 1]);
    },
  );

  it('is refused by name where the carrier cannot hold limits of single calls', async () => {
    const { reload, call, subject } = setUp({ budget: { save: { wallMs: 5 } } });
    Object.defineProperty(subject.current().instance, 'limitCalls', { value: undefined });
    const error = await failureOf(reload(2, undefined));
    expect(error.message).toContain('its carrier cannot hold wallMs for single calls');
    expect((error.cause as PluginError).code).toBe('WP_LIMITS');
    expect(call(3)).toEqual([1, 1, 1]);
  });
});
