import { createPluginHost, type CreatePluginHostOptions, type HostEvents } from '@wasm-plugin/engine/host';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../reload/counter.js';
import { pluginFiles } from '../plugin-files.js';
import { SOURCE, sourceComponent, type Finding } from './source-component.js';

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

interface Source {
  find(n: number): number;
}

type Loaded = Record<typeof SOURCE, Source>;

/** Makes a host, and a way to load plugins that offer the interface or ask for it. */
function sourceHost(options: CreatePluginHostOptions = {}) {
  const clock = new ManualClock();
  const host = createPluginHost({ clock, ...options });
  ends.push(() => host.close());
  const events: HostEvents['extension'][] = [];
  host.on('extension', (event) => events.push(event));
  const load = async (
    id: string,
    finding: Finding,
    { added = 0, ...manifest }: { added?: number; [key: string]: unknown } = {},
  ) => {
    const asks = finding === 'asks' ? { extensionPoints: [SOURCE] } : {};
    const files = pluginFiles(
      id,
      { interfaces: [SOURCE], ...asks, ...manifest },
      await sourceComponent(finding, added),
    );
    await host.add(files);
    return (await host.load<Loaded>(id)).exports[SOURCE];
  };
  return { host, clock, events, load, point: host.extensions(SOURCE) };
}

describe('an extension point', () => {
  it('asks by priority, the first that answers, all, or a chain', async () => {
    const { host, load, point } = sourceHost({ plugins: { b: { priority: 10 }, c: { priority: -1 } } });
    await load('a', 'finds', { added: 100 });
    await load('b', 'refuses');
    await load('c', 'finds', { added: 1000 });
    expect(point.plugins).toEqual(['b', 'a', 'c']);
    expect(await point.first('find', [1])).toBe(101);
    expect(await point.first('find', [1], { accepts: (value) => Number(value) > 500 })).toBe(1001);
    expect(await point.first('find', [1], { accepts: () => false })).toBeUndefined();
    expect(await point.all('find', [1])).toMatchObject([
      { plugin: 'b', value: undefined, error: { code: 'WP_GUEST' } },
      { plugin: 'a', value: 101, error: undefined },
      { plugin: 'c', value: 1001, error: undefined },
    ]);
    expect(await point.chain('find', 1)).toBe(1101);
    host.replaceSettings({ ...host.settings, plugins: { c: { priority: 99 } } });
    expect(point.plugins).toEqual(['c', 'a', 'b']);
  });

  it('has those alone that are loaded and promise the interface', async () => {
    const { host, load, point } = sourceHost();
    await expect(point.first('find', [1])).rejects.toMatchObject({
      code: 'WP_NOT_FOUND',
      message: `Cannot call "find" of "${SOURCE}": no plugin offers it now`,
    });
    await load('silent', 'finds', { interfaces: [] });
    await load('a', 'finds');
    expect(point.plugins).toEqual(['a']);
    await expect(point.first('found')).rejects.toMatchObject({ code: 'WP_EXPORT_MISSING' });
    await host.unload('a');
    expect(point.plugins).toEqual([]);
  });

  it('is an import of a plugin, whose providers may come later and go', async () => {
    const { host, load } = sourceHost();
    const asking = await load('asking', 'asks', { interfaces: [] });
    await load('a', 'traps');
    await load('b', 'finds', { added: 5 });
    expect(asking.find(1)).toBe(6);
    expect(host.get('a').state).toBe('dead');
    await host.unload('b');
    expect(() => asking.find(1)).toThrow(/no plugin offers it now/);
  });

  it('gives a plugin the error case of the interface before a fault', async () => {
    const { host, load } = sourceHost();
    const asking = await load('asking', 'asks', { interfaces: [] });
    await load('a', 'refuses');
    await load('b', 'traps');
    expect(() => asking.find(1)).toThrow(expect.objectContaining({ code: 'WP_GUEST' }));
    expect(host.get('asking').state).toBe('ready');
  });

  it('refuses a cycle of calls by name', async () => {
    const { host, load, point } = sourceHost({ plugins: { a: { priority: 1 } } });
    await load('a', 'asks');
    await load('b', 'asks');
    const [answer] = await point.all('find', [1]);
    expect(String(answer?.error)).toContain('Cannot call "a" from "b": it waits for itself: b → a → b');
    expect(host.list().map(({ state }) => state)).toContain('dead');
  });

  it.each(['none', 'worker'] as const)(
    'refuses a cycle over a dependency, isolation %s',
    async (isolation) => {
      const { host, load } = sourceHost({ plugins: { '*': { isolation } } });
      // A thread knows the functions that are offered when it begins.
      await load('z', 'finds');
      await load('y', 'asks');
      await host.unload('z');
      const x = await load('x', 'asks', { extensionPoints: [], dependencies: { y: '*' } });
      const error: unknown = await (async () => x.find(1))().catch((reason: unknown) => reason);
      expect(String(error)).toContain('Cannot call "x" from "y": it waits for itself: y → x → y');
      expect(host.get('x').error).toBeDefined();
    },
  );

  it('asks plugins in threads from one in a thread, and says so to one that cannot wait', async () => {
    const { load } = sourceHost({ plugins: { 'w-*': { isolation: 'worker' } } });
    await load('w-a', 'finds', { added: 1 });
    const later = await load('w-b', 'asks', { interfaces: [] });
    expect(await later.find(1)).toBe(2);
    const now = await load('now', 'asks', { interfaces: [] });
    expect(() => now.find(1)).toThrow(/answer later, from threads of their own/);
  });
});

describe('the breaker of a provider', () => {
  const breaker = { failures: 2, openMs: 1000, withinMs: 10_000 };

  it('refuses at once after too many failures, tries again later, and leaves the next one to answer', async () => {
    const { host, clock, events, load, point } = sourceHost({ extensions: { breaker } });
    await load('a', 'traps');
    await load('b', 'finds', { added: 5 });
    for (let count = 0; count < 3; count++) {
      expect(await point.first('find', [1])).toBe(6);
      if (host.get('a').state === 'dead') await host.recover('a');
    }
    expect(events).toEqual([{ plugin: 'a', interface: SOURCE, from: 'closed', to: 'open' }]);
    const [refused] = await point.all('find', [1]);
    expect(String(refused?.error)).toContain('too many of its calls have failed or were slow');
    await clock.pass(1000);
    await point.all('find', [1]);
    expect(events.slice(1).map(({ to }) => to)).toEqual(['half-open', 'open']);
    expect(host.get('b').state).toBe('ready');
  });

  it('closes where the try succeeds, and with another version', async () => {
    const { host, clock, events, load, point } = sourceHost({ extensions: { breaker } });
    await load('a', 'traps');
    for (let count = 0; count < 2; count++) {
      await point.all('find', [1]);
      await host.recover('a');
    }
    expect(events.map(({ to }) => to)).toEqual(['open']);
    await host.add(
      pluginFiles('a', { version: '1.1.0', interfaces: [SOURCE] }, await sourceComponent('finds', 7)),
    );
    await host.unload('a');
    await host.load('a');
    expect(await point.first('find', [1])).toBe(8);
    await clock.pass(1000);
    expect(events.map(({ to }) => to)).toEqual(['open', 'closed']);
  });

  it('opens for calls that are slow', async () => {
    const clock = new ManualClock();
    const { events, load, point } = sourceHost({ extensions: { breaker, slowMs: 50 }, clock });
    const { exports } = await (async () => ({ exports: await load('a', 'finds') }))();
    expect(exports.find(1)).toBe(1);
    const slow = { now: clock.now };
    let late = 0;
    clock.now = () => slow.now() + (late += 60);
    for (let count = 0; count < 2; count++) await point.first('find', [1]);
    expect(events).toMatchObject([{ plugin: 'a', to: 'open' }]);
  });
});

describe('a call that is made again', () => {
  it('is one of an idempotent interface, once its plugin is back', async () => {
    const { host, clock, load, point } = sourceHost({ supervise: true, metrics: true });
    await load('a', 'traps', { idempotent: [SOURCE] });
    await load('b', 'traps');
    const answers = point.all('find', [1]);
    await clock.pass(5000);
    expect(await answers).toMatchObject([{ error: { code: 'WP_TRAP' } }, { error: { code: 'WP_TRAP' } }]);
    expect(host.metrics().map(({ functions }) => functions[0]?.calls)).toEqual([2, 1]);
  });
});
