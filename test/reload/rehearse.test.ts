import { createMemoryStore, type ReloaderOptions } from '@wasm-plugin/engine/reload';
import { SYSTEM_CLOCK } from '#internals';
import { beforeAll, describe, expect, it } from 'vitest';
import { Counters, ManualClock, type RunningCounter } from './counter.js';
import { setUp } from './set-up.js';

let counters: Counters;

beforeAll(async () => {
  counters = await new Counters({ fuel: 1e12 }).load();
});

/** Records the reasons for which a reload calls the exports. */
function watched(version: RunningCounter, heard: string[]): RunningCounter {
  for (const [key, group] of Object.entries(version.instance.exports)) {
    if (!/^wasm-plugin:abi\/(state|lifecycle)/.test(key)) continue;
    const functions = group as Record<string, (...args: unknown[]) => unknown>;
    for (const [name, target] of Object.entries(functions)) {
      functions[name] = (...args) => {
        heard.push(`${version.version} ${name}`);
        return target(...args);
      };
    }
  }
  return version;
}

describe('a rehearsal before the swap', () => {
  it.each<[string, ReloaderOptions]>([
    ['no options', {}],
    ['recovery', { recovery: true }],
    ['nothing that may be remembered', { recovery: true, journal: { calls: 0 }, snapshots: { count: 0 } }],
    ['budgets', { budget: { stateBytes: 64, save: { fuel: 1e6 }, restore: { fuel: 1e6 } } }],
  ])('asks the plugin for nothing, keeps nothing and tells nothing, with %s', async (_, options) => {
    const heard: string[] = [];
    const saved: string[] = [];
    const store = createMemoryStore();
    const { save } = store;
    store.save = (state) => {
      saved.push(`${state.plugin} ${state.version}`);
      return save.call(store, state);
    };
    const { subject, reloader, call, events } = setUp(counters, { ...options, store });
    heard.length = events.length = 0;
    watched(subject.current(), heard);
    await reloader.reload(() => watched(counters.start(2), heard), { confirm: { calls: 5 } });
    expect(call(3)).toEqual([2, 2, 2]);
    expect(heard.filter((each) => each !== '1.0.0 schema')).toEqual([
      '2.0.0 schema',
      '1.0.0 serialize',
      '2.0.0 restore',
      '2.0.0 health',
    ]);
    expect(saved).toEqual(['counter 1.0.0']);
    expect(events.map(({ kind }) => kind)).toEqual(['committed']);
  });

  it('leaves no timer of the host behind', async () => {
    const delays: number[] = [];
    const clock = new ManualClock();
    const after = (ms: number, work: () => void): (() => void) => {
      delays.push(ms);
      return clock.after(ms, work);
    };
    const { reload } = setUp(counters, { clock: { ...SYSTEM_CLOCK, after } });
    await reload(2, undefined, { confirm: { calls: 5, ms: 1234 } });
    expect(delays).toEqual([1234]);
  });
});
