import {
  createPluginHost,
  type CreatePluginHostOptions,
  type HostEvents,
  type PluginHost,
} from '@wasm-plugin/engine/host';
import { createMemoryStore, type StateStore } from '@wasm-plugin/engine/reload';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../reload/counter.js';
import { activeComponent, type ActiveOptions } from './active-component.js';
import { pluginFiles } from './plugin-files.js';

let host: PluginHost | undefined;

afterEach(async () => {
  await host?.close();
  host = undefined;
});

const MANIFEST = { activity: { tickMs: 100 }, state: { schema: 1 } };

/** Loads a plugin that acts by itself, and collects the events of its life. */
async function living(options: CreatePluginHostOptions = {}, behaviour: ActiveOptions = {}) {
  const clock = new ManualClock();
  const running = createPluginHost({ clock, ...options });
  host = running;
  const events: HostEvents['life'][] = [];
  running.on('life', (event) => events.push(event));
  await running.add(pluginFiles('active', MANIFEST, await activeComponent(behaviour)));
  const load = () => running.load<{ ticks(): number }>('active');
  return { host: running, clock, events, load, kinds: () => events.map(({ kind }) => kind) };
}

describe('the life of a plugin', () => {
  it('starts before it serves, ticks in the period of its manifest, and stops at its end', async () => {
    const { host: running, clock, load, kinds } = await living();
    const { exports } = await load();
    expect(kinds()).toEqual(['started']);
    for (let count = 0; count < 3; count++) await clock.pass(100);
    expect(exports.ticks()).toBe(3);
    await running.unload('active');
    await clock.pass(1000);
    expect(kinds()).toEqual(['started', 'stopped']);
  });

  it('does not load what refuses to start', async () => {
    const { host: running, load, kinds } = await living({}, { start: 'refuses' });
    await expect(load()).rejects.toMatchObject({
      code: 'WP_INIT',
      message: expect.stringContaining('no') as string,
    });
    expect([running.get('active').state, kinds()]).toEqual(['failed', ['start-failed']]);
  });

  it('closes what refuses to stop', async () => {
    const { host: running, load, events } = await living({}, { stop: 'refuses' });
    await load();
    await running.close();
    expect(events.at(-1)).toMatchObject({ kind: 'stop-failed', error: { code: 'WP_GUEST' } });
  });

  it('ends a stop that never ends, on the host’s thread by the limit of time', async () => {
    const {
      host: running,
      load,
      events,
    } = await living({ stopMs: 50, limits: { timeMs: 60_000 } }, { stop: 'loops' });
    await load();
    await running.unload('active');
    expect(events.at(-1)).toMatchObject({ kind: 'stop-failed', error: { code: 'WP_QUOTA_TIME' } });
    expect(running.get('active').state).toBe('registered');
  });

  it('waits no longer for a stop in a thread that never ends', async () => {
    const clock = new ManualClock();
    const plugins = { active: { isolation: 'worker' } } as const;
    const { host: running, load, events } = await living({ clock, plugins, stopMs: 50 }, { stop: 'loops' });
    await load();
    const ended = running.unload('active');
    const over = { is: false };
    void ended.finally(() => (over.is = true));
    while (!over.is) await clock.pass(10);
    expect(events.at(-1)).toMatchObject({ kind: 'stop-failed', error: { code: 'WP_LIFECYCLE' } });
    expect(running.get('active').state).toBe('registered');
  });

  it('takes the stored state up, across hosts', async () => {
    const store = createMemoryStore();
    const first = await living({ store });
    await first.load();
    await first.clock.pass(100);
    await first.host.close();
    expect(first.kinds()).toEqual(['started', 'stopped', 'saved']);
    const second = await living({ store });
    const { exports } = await second.load();
    expect([exports.ticks(), second.kinds()]).toEqual([1, ['restored', 'started']]);
  });

  it('says that a state cannot be saved, as on a full disk, and ends all the same', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const store: StateStore = { ...createMemoryStore(), save: () => Promise.reject(full) };
    const { host: running, load, events } = await living({ store });
    await load();
    await running.unload('active');
    expect(events.at(-1)).toMatchObject({ kind: 'save-failed', error: full });
    expect(running.get('active').state).toBe('registered');
  });

  it('starts the successor in a reload, tells the one before nothing, and goes on ticking', async () => {
    const { host: running, clock, load, kinds } = await living();
    const { exports } = await load();
    await clock.pass(100);
    await running.reload('active');
    await clock.pass(100);
    expect([exports.ticks(), kinds()]).toEqual([2, ['started', 'started']]);
  });

  it('tells of a tick that fails', async () => {
    const { clock, load, kinds, host: running } = await living({ limits: { fuelTotal: 2000 } });
    await load();
    while (running.get('active').state === 'ready') await clock.pass(100);
    await clock.pass(1000);
    expect(kinds().filter((kind) => kind === 'tick-failed')).toEqual(['tick-failed']);
  });
});
