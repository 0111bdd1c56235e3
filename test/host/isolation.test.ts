import { createEngine } from '@wasm-plugin/engine';
import { createPluginHost, type CreatePluginHostOptions, type PluginHost } from '@wasm-plugin/engine/host';
import { createMemoryStore } from '@wasm-plugin/engine/reload';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { afterEach, describe, expect, it } from 'vitest';
import { COUNTING, ManualClock, MIGRATIONS } from '../reload/counter.js';
import type { IsolatedCounting } from '../reload/isolated-counter.js';
import { opsComponent, sumComponent } from './components.js';
import { counterFiles } from './counter-host.js';
import { pluginFiles } from './plugin-files.js';

let host: PluginHost | undefined;

afterEach(async () => {
  await host?.close();
  host = undefined;
});

/** Makes a host of a counter in a thread of its own. */
async function counting(options: CreatePluginHostOptions = {}, config: Record<string, string> = {}) {
  host = createPluginHost({
    grants: ['log'],
    plugins: { counter: { isolation: 'worker' } },
    reload: { migrations: () => MIGRATIONS },
    ...options,
  });
  for (const number of [1, 2]) await host.add(counterFiles(number));
  const plugin = await host.load('counter', { version: '1.0.0', config });
  return { host, plugin, counter: plugin.exports[COUNTING] as unknown as IsolatedCounting };
}

describe('isolation: "worker"', () => {
  it('runs a plugin in a thread, by the host or the manifest, under its grants and limits', async () => {
    const { host: running, plugin, counter } = await counting({ limits: { fuel: 1_000_000 } });
    expect(plugin.running?.calls).toBe('async');
    expect(await counter.add(2n)).toMatchObject({ total: 2n });
    const lines: string[] = [];
    running.on('log', ({ plugin: name }) => lines.push(name));
    await counter.announce();
    expect(lines).toEqual(['counter']);
    expect(plugin.usage().fuel).toBeGreaterThan(0);
    await running.add(pluginFiles('ops', { isolation: 'worker' }, await opsComponent(1)));
    const ops = await running.load('ops');
    const { add } = ops.exports['acme:math/ops@1.0.0'] as { add(a: number, b: number): Promise<number> };
    expect(await add(2, 3)).toBe(5);
  });

  it('is overruled by the host', async () => {
    host = createPluginHost({ plugins: { ops: { isolation: 'none' } } });
    await host.add(pluginFiles('ops', { isolation: 'worker' }, await opsComponent(1)));
    expect((await host.load('ops')).running?.calls).toBe('sync');
  });

  it('reloads with the state, and takes a stored one up', async () => {
    const store = createMemoryStore();
    const { host: running, counter } = await counting({ store });
    await counter.add(40n);
    expect(await running.reload('counter', '2.0.0')).toMatchObject({ to: '2.0.0', state: 'carried' });
    expect(await counter.add(2n)).toMatchObject({ total: 42n, version: 2 });
    // The call on its way is answered, and is in the state.
    const last = counter.add(1n);
    await running.unload('counter');
    expect(await last).toMatchObject({ total: 43n });
    await running.load('counter', { version: '2.0.0' });
    expect(await counter.read()).toMatchObject({ total: 43n, version: 2 });
  });

  it('is started anew by supervision', async () => {
    const clock = new ManualClock();
    const supervise = { backoff: { firstMs: 100, jitter: 0 }, random: () => 1 };
    const { host: running, plugin, counter } = await counting({ clock, supervise }, { fault: 'call-2' });
    await counter.add(1n);
    await running.save('counter');
    const died = new Promise((resolve) => running.on('supervision', resolve));
    await expect(counter.add(1n)).rejects.toMatchObject({ code: 'WP_TRAP' });
    expect(await died).toMatchObject({ kind: 'died' });
    const back = new Promise<void>((resolve) => {
      running.on('supervision', ({ kind }) => kind === 'restarted' && resolve());
    });
    await clock.pass(100);
    await back;
    expect(plugin.state).toBe('ready');
    expect(await counter.read()).toMatchObject({ total: 1n });
  });

  it('ends a call that never ends, and nobody else', async () => {
    host = createPluginHost({ plugins: { loop: { isolation: 'worker', limits: { wallMs: 200 } } } });
    const loop = await parse(`(component
      (core module $m (func (export "f") (loop br 0)))
      (core instance $i (instantiate $m))
      (func (export "run") (canon lift (core func $i "f"))))`);
    await host.add(pluginFiles('loop', {}, loop));
    await host.add(pluginFiles('ops', {}, await opsComponent(1)));
    const { exports } = await host.load('loop');
    const running = (exports['run'] as () => Promise<void>)();
    const ops = await host.load('ops');
    const { add } = ops.exports['acme:math/ops@1.0.0'] as { add(a: number, b: number): number };
    expect(add(1, 2)).toBe(3);
    await expect(running).rejects.toMatchObject({ code: 'WP_QUOTA_WALL' });
    expect(host.get('loop').state).toBe('dead');
  });

  it('refuses by name what does not cross: resources, decoded worlds, engines, plugins that wait', async () => {
    const resources = await parse(`(component
      (import "acme:io/files@1.0.0" (instance (export "file" (type (sub resource))))))`);
    host = createPluginHost({ plugins: { '*': { isolation: 'worker' }, sum: { isolation: 'none' } } });
    await host.add(pluginFiles('files', {}, resources));
    await expect(host.load('files')).rejects.toMatchObject({
      code: 'WP_CARRIER',
      message: expect.stringContaining('"acme:io/files@1.0.0#file"') as string,
    });
    const ops = { interfaces: ['acme:math/ops@1.0.0'] };
    await host.add(pluginFiles('ops', ops, await opsComponent(1)));
    await host.add(pluginFiles('sum', { dependencies: { ops: '^1.0.0' } }, await sumComponent()));
    await expect(host.load('sum')).rejects.toMatchObject({
      code: 'WP_DEPENDENCY',
      message: expect.stringContaining('"ops", which it needs, runs in a thread of its own') as string,
    });
    await host.close();
    host = createPluginHost({ engine: createEngine(), plugins: { ops: { isolation: 'worker' } } });
    await host.add(pluginFiles('ops', ops, await opsComponent(1)));
    await expect(host.load('ops')).rejects.toMatchObject({
      code: 'WP_CARRIER',
      message: expect.stringContaining('this host has no threads') as string,
    });
  });

  it('lets a plugin in a thread wait for another one', async () => {
    host = createPluginHost({ plugins: { '*': { isolation: 'worker' } } });
    await host.add(pluginFiles('ops', { interfaces: ['acme:math/ops@1.0.0'] }, await opsComponent(1)));
    await host.add(pluginFiles('sum', { dependencies: { ops: '^1.0.0' } }, await sumComponent()));
    const { exports } = await host.load('sum');
    expect(await (exports['sum'] as (a: number, b: number) => Promise<number>)(4, 5)).toBe(9);
  });
});
