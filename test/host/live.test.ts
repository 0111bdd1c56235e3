import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PluginFiles } from '@wasm-plugin/abi/package';
import {
  createPluginHost,
  type CreatePluginHostOptions,
  type HostEvents,
  type NodePluginHost,
} from '@wasm-plugin/engine/host';
import { createMemoryStore } from '@wasm-plugin/engine/reload';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COUNTING, type Counting } from '../reload/counter.js';
import { EMPTY, opsComponent, sumComponent } from './components.js';
import { counterFiles } from './counter-host.js';
import { pluginFiles } from './plugin-files.js';

let base = '';
let root = '';
let host: NodePluginHost | undefined;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'wasm-plugin-live-'));
  root = join(base, 'plugins');
  await mkdir(root);
});

afterEach(async () => {
  await host?.close();
  host = undefined;
  await rm(base, { recursive: true });
});

/** Writes a plugin beside the folder, and then into it at once. */
async function put(name: string, files: PluginFiles): Promise<string> {
  const hidden = join(root, `.${name}`);
  for (const path of await files.list()) {
    await mkdir(dirname(join(hidden, path)), { recursive: true });
    await writeFile(join(hidden, path), await files.read(path));
  }
  await rename(hidden, join(root, name));
  return join(root, name);
}

async function start(options: CreatePluginHostOptions = {}): Promise<NodePluginHost> {
  host = createPluginHost({
    folders: [root],
    grants: ['log'],
    live: { debounceMs: 5, settleMs: 5, goneMs: 50 },
    ...options,
  });
  await host.start();
  return host;
}

/** Waits for an event. */
function heard<Name extends keyof HostEvents>(
  name: Name,
  fits: (event: HostEvents[Name]) => boolean,
): Promise<HostEvents[Name]> {
  return new Promise((resolve) => {
    const end = host?.on(name, (event) => {
      if (!fits(event)) return;
      end?.();
      resolve(event);
    });
  });
}

const isReady = (id: string) => (event: HostEvents['state']) => event.plugin === id && event.to === 'ready';

describe('PluginHost.start() with live folders', () => {
  it('loads what is there, dependencies first, and says what is broken', async () => {
    await put('sum', pluginFiles('sum', { dependencies: { ops: '^1.0.0' } }, await sumComponent()));
    const ops = { interfaces: ['acme:math/ops@1.0.0'] };
    await put('ops', pluginFiles('ops', ops, await opsComponent(1)));
    await mkdir(join(root, 'broken'));
    await writeFile(join(root, 'broken', 'plugin.json'), '{');
    const problems: string[] = [];
    host = createPluginHost({ folders: [root, join(base, 'nowhere')], live: true });
    host.on('problem', ({ source }) => problems.push(source));
    await host.start();
    expect(host.list().map(({ name, state }) => [name, state])).toEqual([
      ['ops', 'ready'],
      ['sum', 'ready'],
    ]);
    expect(problems).toEqual(expect.arrayContaining([join(root, 'broken'), join(base, 'nowhere')]));
  });

  it('loads a plugin that waits for another one as soon as that appears', async () => {
    await put('sum', pluginFiles('sum', { dependencies: { ops: '^1.0.0' } }, await sumComponent()));
    const running = await start();
    const sum = running.get('sum');
    expect(sum.state).not.toBe('ready');
    const ready = heard('state', isReady('sum'));
    const ops = { interfaces: ['acme:math/ops@1.0.0'] };
    await put('ops', pluginFiles('ops', ops, await opsComponent(1)));
    await ready;
    expect((sum.exports['sum'] as (a: number, b: number) => number)(2, 3)).toBe(5);
  });

  it('keeps a plugin whose files are gone while others need it, and takes it up again', async () => {
    const ops = { interfaces: ['acme:math/ops@1.0.0'] };
    const path = await put('ops', pluginFiles('ops', ops, await opsComponent(1)));
    await put('sum', pluginFiles('sum', { dependencies: { ops: '^1.0.0' } }, await sumComponent()));
    const running = await start();
    const told = heard('problem', ({ source }) => source === path);
    await rename(path, join(root, '_ops'));
    expect((await told).error).toMatchObject({ code: 'WP_IN_USE' });
    expect(running.get('ops').state).toBe('ready');
    const back = heard('watch', ({ plugin, kind }) => plugin === 'ops' && kind === 'reloaded');
    await rm(join(root, '_ops'), { recursive: true });
    await put('ops', pluginFiles('ops', ops, await opsComponent(2)));
    await back;
    const { which } = running.get('ops').exports['acme:math/ops@1.0.0'] as { which(): number };
    expect(which()).toBe(2);
  });

  it('reloads with the state, and leaves a version that is refused alone', async () => {
    const path = await put('counter', counterFiles(1));
    const running = await start();
    const counter = running.get('counter').exports[COUNTING] as Counting;
    counter.add(40n);
    const refused = heard('watch', ({ kind }) => kind === 'failed');
    await writeFile(join(path, 'plugin.wasm'), 'no component');
    expect(await refused).toMatchObject({ plugin: 'counter', what: 'reload' });
    expect(counter.add(1n)).toMatchObject({ total: 41n, version: 1 });
    const reloaded = heard('watch', ({ kind }) => kind === 'reloaded');
    for (const name of ['plugin.wasm', 'plugin.json'])
      await writeFile(join(path, name), await counterFiles(2).read(name));
    expect(await reloaded).toMatchObject({ plugin: 'counter', state: 'carried' });
    expect(counter.add(1n)).toMatchObject({ total: 42n, version: 2 });
  });

  it('holds back an update that the policy of the plugin does not allow', async () => {
    const path = await put('counter', counterFiles(1));
    const running = await start({ plugins: { 'c*': { update: 'minor' } } });
    const refused = heard('watch', ({ kind }) => kind === 'failed');
    for (const name of ['plugin.wasm', 'plugin.json'])
      await writeFile(join(path, name), await counterFiles(2).read(name));
    expect((await refused) as { error: Error }).toMatchObject({ error: { code: 'WP_UPDATE' } });
    expect(running.get('counter').version).toBe('1.0.0');
  });

  it('gives the state back to a plugin that was away', async () => {
    const path = await put('counter', counterFiles(1));
    const running = await start({ store: createMemoryStore() });
    (running.get('counter').exports[COUNTING] as Counting).add(7n);
    const gone = heard('state', ({ to }) => to === 'removed');
    await rename(path, join(root, '_counter'));
    await gone;
    expect(running.list()).toEqual([]);
    const back = heard('state', isReady('counter'));
    await rename(join(root, '_counter'), path);
    await back;
    expect((running.get('counter').exports[COUNTING] as Counting).read()).toMatchObject({ total: 7n });
  });

  it('does not load what is disabled or not named, and starts others by priority', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await put(id, pluginFiles(id, {}, EMPTY));
    const order: string[] = [];
    host = createPluginHost({
      folders: [root],
      live: true,
      concurrency: 1,
      autoLoad: ['a', 'b', 'c'],
      plugins: { a: { enabled: false }, c: { priority: 1 } },
    });
    host.on('state', ({ plugin, to }) => to === 'ready' && order.push(plugin));
    await host.start();
    expect(order).toEqual(['c', 'b']);
    expect(host.list().map(({ name, state }) => `${name} ${state}`)).toEqual([
      'a disabled',
      'b ready',
      'c ready',
      'd registered',
    ]);
  });
});

describe('PluginHost.reconfigure()', () => {
  it('brings what runs into line: enabled, config, grants, limits, folders', async () => {
    await put('counter', counterFiles(1));
    await put('other', pluginFiles('other', {}, EMPTY));
    const running = await start();
    const counter = running.get('counter').exports[COUNTING] as Counting;
    counter.add(5n);
    const { instance } = running.get('counter');
    const changes = await running.reconfigure({
      grants: [],
      plugins: { counter: { limits: { fuel: 1_000_000 } }, other: { enabled: false } },
    });
    expect(changes).toEqual([
      { plugin: undefined, setting: 'grants', error: undefined },
      { plugin: 'counter', setting: 'limits', error: undefined },
      { plugin: 'other', setting: 'enabled', error: undefined },
    ]);
    expect(running.get('counter').instance).not.toBe(instance);
    expect(running.get('counter').running?.limits.fuel).toBe(1_000_000);
    expect(counter.read()).toMatchObject({ total: 5n });
    expect([running.get('counter').grants, running.get('other').state]).toEqual([[], 'disabled']);
    await running.reconfigure({ plugins: {} });
    expect(running.get('other').state).toBe('ready');
    const empty = join(base, 'empty');
    await mkdir(empty);
    await running.reconfigure({ folders: [empty] });
    expect(running.list()).toEqual([]);
  });

  it('says what a plugin refuses, and changes the rest', async () => {
    await put('counter', counterFiles(1));
    const running = await start();
    const changes = await running.reconfigure({
      plugins: { counter: { config: { fault: 7 }, priority: 3 } },
    });
    expect(changes).toEqual([
      { plugin: 'counter', setting: 'priority', error: undefined },
      { plugin: 'counter', setting: 'config', error: expect.objectContaining({ code: 'WP_CONFIG' }) },
    ]);
    expect(running.get('counter').state).toBe('ready');
  });
});
