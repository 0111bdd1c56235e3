import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  createPluginHost,
  type CreatePluginHostOptions,
  type HostEvents,
  type NodePluginHost,
} from '@wasm-plugin/engine/host';
import { createMemoryStore, type EventSource } from '@wasm-plugin/engine/reload';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COUNTING, ManualClock, MIGRATIONS, type Counting } from '../reload/counter.js';
import { counterFiles, faultyPackage } from './counter-host.js';

let folder = '';
let host: NodePluginHost;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-host-'));
  for (const number of [1, 2, 3]) await write(number, join(folder, `counter-${number}`));
});

afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

/** Writes a version of the counter into a folder. */
async function write(number: number, to: string): Promise<void> {
  const files = counterFiles(number);
  for (const path of await files.list()) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), await files.read(path));
  }
}

/** Makes a host of the three versions; version 1 runs. */
async function counting(
  options: CreatePluginHostOptions = {},
  config: Record<string, string> = {},
): Promise<Counting> {
  host = createPluginHost({ folders: [folder], grants: ['log'], ...options });
  const { added, problems } = await host.scan();
  expect([added.length, problems]).toEqual([3, []]);
  const { exports } = await host.load('counter', { version: '1.0.0', config });
  return exports[COUNTING] as Counting;
}

/** Collects the events of a name. */
function heard<Name extends keyof HostEvents>(name: Name): HostEvents[Name][] {
  const events: HostEvents[Name][] = [];
  host.on(name, (event) => events.push(event));
  return events;
}

describe('createPluginHost()', () => {
  it('refuses an option that there is none of', async () => {
    await counting();
    expect(() => createPluginHost({ supervised: true } as object)).toThrow(
      'Cannot create a plugin host: there is no option "supervised"; is "supervise" meant?',
    );
    expect(() => createPluginHost({ folder: ['plugins'] } as object)).toThrow('is "folders" meant?');
  });

  it('reloads with the state, tells of it, and rolls back, behind exports that stay', async () => {
    const counter = await counting({ reload: { migrations: () => MIGRATIONS } });
    const events = heard('reload');
    counter.add(40n);
    expect(await host.reload('counter', '2.0.0')).toMatchObject({ to: '2.0.0', state: 'carried' });
    expect(counter.add(2n)).toMatchObject({ total: 42n, version: 2 });
    expect(host.isConfirming('counter')).toBe(true);
    await host.rollBack('counter');
    expect(counter.read()).toMatchObject({ total: 42n, version: 1 });
    expect(events.map(({ plugin, kind }) => `${plugin} ${kind}`)).toEqual([
      'counter committed',
      'counter rolled-back',
    ]);
    expect(host.list().map(({ version, state }) => [version, state])).toEqual([['1.0.0', 'ready']]);
  });

  it('plans a reload without touching anything', async () => {
    const counter = await counting();
    counter.add(1n);
    expect(host.plan('counter', '2.0.0')).toMatchObject({ allowed: true, problems: [], via: [] });
    expect(host.plan('counter', '3.0.0')).toMatchObject({ allowed: false, problems: [{ rule: 'state' }] });
    expect(() => host.plan('counter', '9.0.0')).toThrow('there is no version 9.0.0');
    expect(counter.read()).toMatchObject({ calls: 1n, version: 1 });
  });

  it('keeps states in its store', async () => {
    const store = createMemoryStore();
    const counter = await counting({ store });
    counter.add(5n);
    await host.save('counter');
    expect((await store.load('counter')).state).toMatchObject({ plugin: 'counter', version: '1.0.0' });
  });

  it('starts a plugin that died anew from its last state, and gives up what does not stay alive', async () => {
    const clock = new ManualClock();
    const supervise = { backoff: { firstMs: 100, jitter: 0 }, mostRestarts: 1, random: () => 1 };
    const counter = await counting({ clock, supervise }, { fault: 'call-2' });
    const events = heard('supervision');
    const die = (): void => {
      counter.add(1n);
      expect(() => counter.add(1n)).toThrow(expect.objectContaining({ code: 'WP_TRAP' }) as Error);
      expect(host.get('counter').state).toBe('dead');
    };
    counter.read();
    await host.save('counter');
    die();
    await clock.pass(100);
    expect(host.get('counter').state).toBe('ready');
    die();
    await clock.pass(10_000);
    expect(events.map(({ kind }) => kind)).toEqual(['died', 'restarted', 'died', 'quarantined']);
    expect(host.isQuarantined('counter')).toBe(true);
    await host.revive('counter');
    expect([host.get('counter').state, host.isQuarantined('counter')]).toEqual(['ready', false]);
  });

  it('leaves dead what nobody supervises', async () => {
    const clock = new ManualClock();
    const counter = await counting({ clock }, { fault: 'call-1' });
    expect(() => counter.add(1n)).toThrow();
    await clock.pass(1_000_000);
    expect([host.get('counter').state, host.isQuarantined('counter')]).toEqual(['dead', false]);
  });

  it('reloads a plugin with each change of its files, until it is unloaded', async () => {
    let ended = 0;
    let began = (_path: string, _event: () => void): void => undefined;
    const watching = new Promise<[path: string, event: () => void]>((resolve) => {
      began = (path, event) => resolve([path, event]);
    });
    const source: EventSource = (path, { event }) => {
      began(path, event);
      return Promise.resolve({ close: () => Promise.resolve(void ended++) });
    };
    const counter = await counting({ watch: { debounceMs: 1, settleMs: 1, source } });
    counter.add(7n);
    const [path, changed] = await watching;
    expect(path).toBe(join(folder, 'counter-1'));
    const reloaded = new Promise<HostEvents['watch']>((resolve) => {
      host.on('watch', (event) => {
        if (event.kind === 'reloaded' || event.kind === 'failed') resolve(event);
      });
    });
    await write(2, path);
    changed();
    expect(await reloaded).toMatchObject({ plugin: 'counter', kind: 'reloaded', state: 'carried' });
    expect(counter.add(1n)).toMatchObject({ total: 8n, version: 2 });
    await host.unload('counter');
    await host.close();
    expect(ended).toBe(1);
  });
});

describe('PluginHost.close()', () => {
  it('ends trials, restarts to come and watches, then the plugins; afterwards nothing begins', async () => {
    const clock = new ManualClock();
    const counter = await counting({ clock, supervise: true });
    await host.add(counterFiles(1, { id: 'other' }));
    const other = await host.load('other', { config: { fault: 'call-1' } });
    await host.watch('counter', { pollMs: 10 });
    const trial = host.reload('counter', '2.0.0', { strategy: { kind: 'blue-green' } });
    const refused = expect(trial).rejects.toMatchObject({ code: 'WP_RELOAD' });
    while (host.get('counter').state !== 'reloading') await clock.pass(0);
    counter.add(1n);
    expect(() => (other.exports[COUNTING] as Counting).add(1n)).toThrow();
    const states = heard('state');
    const later = host.reload('other', '1.0.0', { strategy: { kind: 'scheduled', at: 1e9 } });
    const tooLate = expect(later).rejects.toMatchObject({ code: 'WP_CLOSED' });
    const closing = host.close();
    await Promise.all([closing, host.close()]);
    await refused;
    await tooLate;
    await clock.pass(1_000_000);
    expect(states.map(({ plugin, to }) => `${plugin} ${to}`)).toEqual([
      'counter ready',
      'counter registered',
      'other registered',
      'counter removed',
      'other removed',
    ]);
    await expect(host.reload('counter', await faultyPackage('health'))).rejects.toMatchObject({
      code: 'WP_CLOSED',
    });
    await expect(host.watch('counter')).rejects.toMatchObject({ code: 'WP_CLOSED' });
    await expect(host.load('counter')).rejects.toMatchObject({ code: 'WP_CLOSED' });
  });
});
