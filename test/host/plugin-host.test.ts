import { PluginError } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import { createPluginHost, type NodePluginHost } from '@wasm-plugin/engine/host';
import { describe, expect, it } from 'vitest';
import { Random } from '../support/random.js';
import { COMPRESSOR, opsComponent, sumComponent } from './components.js';
import { pluginFiles } from './plugin-files.js';

/** A host that knows plugins, each `id: dependencies`. */
async function hostOf(plugins: Record<string, Record<string, unknown>>): Promise<NodePluginHost> {
  const host = createPluginHost();
  for (const [id, dependencies] of Object.entries(plugins)) await host.add(pluginFiles(id, { dependencies }));
  return host;
}

/** The order in which plugins of a host become ready, from now on. */
function readyOrder(host: NodePluginHost): string[] {
  const order: string[] = [];
  host.on('state', ({ plugin, to }) => to === 'ready' && order.push(plugin));
  return order;
}

const code = (wanted: string): object => expect.objectContaining({ code: wanted });

describe('load order', () => {
  it('loads what a plugin depends on before it', async () => {
    const host = await hostOf({ a: { b: '*', c: '*' }, b: { c: '*' }, c: {}, d: {} });
    const order = readyOrder(host);
    const plugin = await host.load('a');
    expect(order).toEqual(['c', 'b', 'a']);
    expect(plugin.dependencies.map((link) => link.plugin.name)).toEqual(['b', 'c']);
    expect(host.get('d').state).toBe('registered');
    await host.close();
  });

  it('loads 200 plugins with a random graph of dependencies in the right order', async () => {
    const random = new Random(2026);
    const names = Array.from({ length: 200 }, (_, index) => `p${index}`);
    const shuffled = names.map((name) => ({ name, at: random.next() })).sort((a, b) => a.at - b.at);
    const graph = new Map<string, string[]>();
    for (const [index, { name }] of shuffled.entries()) {
      const count = Math.min(index, random.below(6));
      graph.set(
        name,
        Array.from({ length: count }, () => shuffled[random.below(index)]?.name as string),
      );
    }
    const host = createPluginHost();
    for (const name of names) {
      const dependencies = Object.fromEntries((graph.get(name) ?? []).map((id) => [id, '^1.0.0']));
      await host.add(pluginFiles(name, { dependencies }));
    }
    const order = readyOrder(host);
    const { loaded, failed } = await host.loadAll();
    expect(failed).toEqual([]);
    expect(loaded).toHaveLength(200);
    const place = new Map(order.map((name, index) => [name, index]));
    for (const [name, dependencies] of graph) {
      for (const id of dependencies) expect(place.get(id)).toBeLessThan(place.get(name) as number);
    }
    await host.close();
  });

  it('loads plugins that do not depend on each other at the same time, as many as allowed', async () => {
    let running = 0;
    let most = 0;
    const engine = createEngine();
    const slow = {
      ...engine,
      load: async (...args: Parameters<typeof engine.load>) => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
        return await engine.load(...args);
      },
    };
    const host = createPluginHost({ engine: slow, concurrency: 3 });
    for (const id of ['a', 'b', 'c', 'd', 'e']) await host.add(pluginFiles(id));
    await host.loadAll();
    expect(most).toBe(3);
    await host.close();
  });

  it('loads a plugin once, however many ask at the same time', async () => {
    const host = await hostOf({ a: { c: '*' }, b: { c: '*' }, c: {} });
    const order = readyOrder(host);
    await Promise.all([host.load('a'), host.load('b'), host.load('c'), host.load('a')]);
    expect([...order].sort()).toEqual(['a', 'b', 'c']);
    await host.close();
  });

  it.each<[string, Record<string, Record<string, unknown>>, string]>([
    [
      'a cycle as a path',
      { a: { b: '*' }, b: { c: '*' }, c: { a: '*' } },
      'Cannot load "a": there is a cycle of dependencies: a → b → c → a',
    ],
    ['a cycle further down', { a: { b: '*' }, b: { c: '*' }, c: { b: '*' } }, 'b → c → b'],
    ['what is missing', { a: { b: '*' } }, 'Cannot load "a": it needs "b" *; there is none'],
    [
      'a version that is missing',
      { a: { b: '^2.0.0' }, b: {} },
      'Cannot load "a": it needs "b" ^2.0.0; there is 1.0.0',
    ],
  ])('reports %s', async (_, plugins, message) => {
    const host = await hostOf(plugins);
    await expect(host.load('a')).rejects.toThrow(message);
    await expect(host.load('a')).rejects.toThrow(code('WP_DEPENDENCY'));
    await host.close();
  });

  it('does without optional dependencies that are missing, part of a cycle, or broken', async () => {
    const optional = { range: '*', optional: true };
    const host = await hostOf({ a: { none: optional, b: optional, broken: optional }, b: { a: '*' } });
    await host.add(pluginFiles('broken', {}, new Uint8Array(8)));
    const skipped: string[] = [];
    host.on('skipped', ({ plugin, dependency }) => skipped.push(`${plugin} → ${dependency}`));
    const plugin = await host.load('a');
    expect(plugin.dependencies).toEqual([]);
    expect(skipped).toEqual(['a → none', 'a → b', 'a → broken']);
    await host.close();
  });

  it('reports a dependency that does not start, and loads the others', async () => {
    const host = await hostOf({ a: { bad: '*' }, c: {} });
    await host.add(pluginFiles('bad', {}, new Uint8Array(8)));
    const { loaded, failed } = await host.loadAll();
    expect(loaded.map(({ name }) => name)).toEqual(['c']);
    expect(failed.map(({ name }) => name).sort()).toEqual(['a', 'bad']);
    expect(host.get('a')).toMatchObject({ state: 'failed', error: { code: 'WP_DEPENDENCY' } });
    expect(host.get('bad')).toMatchObject({ state: 'failed', error: { code: 'WP_MODULE_MALFORMED' } });
    await host.close();
  });
});

describe('dependencies that fail when they have been followed', () => {
  it('are tried again only so often', async () => {
    const host = createPluginHost();
    for (let level = 0; level < 30; level++) {
      const [one, two, next] = [`b${level}`, `c${level}`, `a${level + 1}`];
      const optional = { range: '*', optional: true };
      await host.add(pluginFiles(`a${level}`, { dependencies: { [one]: optional, [two]: optional } }));
      for (const id of [one, two]) {
        await host.add(pluginFiles(id, { dependencies: { [next]: '*', missing: '*' } }));
      }
    }
    await host.add(pluginFiles('a30'));
    await expect(host.load('a0')).rejects.toThrow('its dependencies take more than 10000 steps to follow');
    await host.close();
  });
});

describe('a dependency that ends while its dependent starts', () => {
  it('keeps the dependent from starting', async () => {
    const host = await hostOf({ a: { b: '*' }, b: {} });
    await host.load('b');
    const loading = host.load('a');
    const unloading = host.unload('b');
    await expect(loading).rejects.toThrow('Cannot load "a": "b", which it needs, is registered');
    await unloading;
    expect(host.get('a')).toMatchObject({ state: 'failed', instance: undefined, dependencies: [] });
    await host.close();
  });
});

describe('versions', () => {
  it('loads the highest version, or the one that is asked for', async () => {
    const host = createPluginHost();
    for (const version of ['1.0.0', '1.2.0', '2.0.0-beta.1']) await host.add(pluginFiles('a', { version }));
    expect((await host.load('a')).version).toBe('1.2.0');
    await expect(host.load('a', { version: '~1.0.0' })).rejects.toThrow('version 1.2.0 runs');
    await host.unload('a');
    expect((await host.load('a', { version: '~1.0.0' })).version).toBe('1.0.0');
    await expect(host.load('a@3.0.0')).rejects.toThrow(
      'Cannot find "a" 3.0.0: there is 2.0.0-beta.1, 1.2.0, 1.0.0',
    );
    await host.close();
  });

  it('runs several side by side where dependents need them', async () => {
    const host = createPluginHost();
    await host.add(pluginFiles('ops', { version: '1.0.0' }, await opsComponent(1)));
    await host.add(pluginFiles('ops', { version: '2.0.0' }, await opsComponent(2)));
    await host.add(pluginFiles('old', { dependencies: { ops: '^1.0.0' } }));
    await host.add(pluginFiles('new', { dependencies: { ops: '^2.0.0' } }));
    await host.loadAll();
    const which = (name: string): unknown => (host.get(name).exports['ops'] as { which(): number }).which();
    expect([which('ops'), which('ops@1.0.0')]).toEqual([2, 1]);
    expect(host.get('old').dependencies[0]?.plugin.name).toBe('ops@1.0.0');
    expect(host.dependents('ops').map(({ name }) => name)).toEqual(['new']);
    await host.close();
  });

  it('refuses a version twice, one for another engine, and one that is unknown', async () => {
    const host = await hostOf({ 'acme.equalizer': {} });
    await expect(host.add(pluginFiles('acme.equalizer'))).rejects.toThrow(code('WP_DUPLICATE'));
    await host.add(pluginFiles('b', { engine: '>=99' }));
    await expect(host.load('b')).rejects.toThrow('Cannot load "b": it needs the engine >=99; this is 0.1.0');
    await expect(host.load('acme.equaliser')).rejects.toThrow(
      'none is known by that name; did you mean "acme.equalizer"?',
    );
    await expect(host.load('other')).rejects.toThrow(
      'none is known by that name; known are "acme.equalizer", "b"',
    );
    await host.close();
  });
});

describe('unload()', () => {
  it('refuses while required dependents are loaded, unless it cascades', async () => {
    const host = await hostOf({
      a: { b: '*' },
      b: { c: '*' },
      c: {},
      d: { c: { range: '*', optional: true } },
    });
    await host.loadAll();
    await expect(host.unload('c')).rejects.toThrow('Cannot unload "c": "a", "b" need it');
    await expect(host.unload('c')).rejects.toThrow(code('WP_IN_USE'));
    const ended: string[] = [];
    host.on('state', ({ plugin, to }) => to === 'registered' && ended.push(plugin));
    await host.unload('c', { cascade: true });
    expect(ended).toEqual(['a', 'b', 'c']);
    expect(host.get('d').state).toBe('ready');
    await host.close();
  });

  it('ends a plugin, which can be loaded again', async () => {
    const host = createPluginHost();
    await host.add(pluginFiles('ops', {}, await opsComponent(1)));
    const plugin = await host.load('ops');
    const { which } = plugin.exports['ops'] as { which(): number };
    const { instance } = plugin;
    await host.unload('ops');
    expect(instance?.state).toBe('closed');
    expect(which).toThrow('Cannot call "acme:math/ops@1.0.0#which": "ops" is registered');
    await host.load('ops');
    expect(which()).toBe(1);
    await host.remove('ops');
    expect(() => host.get('ops')).toThrow(code('WP_NOT_FOUND'));
    expect(plugin.state).toBe('removed');
    await host.close();
  });
});

describe('disable() and enable()', () => {
  it('keep a plugin from being loaded, also as a dependency', async () => {
    const host = await hostOf({ a: { b: '*' }, b: {} });
    await host.load('b');
    await host.disable('b');
    await expect(host.load('b')).rejects.toThrow('Cannot load "b": it is disabled');
    await expect(host.load('a')).rejects.toThrow('Cannot load "a": it needs "b", which is disabled');
    expect((await host.loadAll()).failed.map(({ name }) => name)).toEqual(['a']);
    host.enable('b');
    expect((await host.load('a')).state).toBe('ready');
    await host.close();
  });
});

describe('list()', () => {
  it('finds plugins by id, carrier, interface and tag', async () => {
    const host = createPluginHost();
    await host.add(pluginFiles('a', { tags: ['x', 'y'], interfaces: ['acme:math/ops@1.0.0'] }));
    await host.add(
      pluginFiles('b', {
        tags: ['x'],
        carrier: 'library',
        fallbacks: [{ carrier: 'wasm', entry: 'b.wasm' }],
      }),
    );
    const names = (query: object): string[] => host.list(query).map(({ name }) => name);
    expect(names({})).toEqual(['a', 'b']);
    expect(names({ tag: 'x' })).toEqual(['a', 'b']);
    expect(names({ tag: 'x', carrier: 'library' })).toEqual(['b']);
    expect(names({ carrier: 'wasm' })).toEqual(['a', 'b']);
    expect(names({ interface: 'acme:math/ops' })).toEqual(['a']);
    expect(names({ interface: 'acme:math/ops@1.0.0', id: 'b' })).toEqual([]);
    expect(names({ tag: 'none' })).toEqual([]);
    await host.close();
  });
});

describe('a plugin that uses another', () => {
  it('calls it through its stable exports, also after it was swapped', async () => {
    const host = createPluginHost();
    const interfaces = ['acme:math/ops@1.0.0'];
    await host.add(pluginFiles('ops', { interfaces }, await opsComponent(1)));
    await host.add(pluginFiles('sum', { dependencies: { ops: '^1.0.0' } }, await sumComponent()));
    const plugin = await host.load('sum');
    const sum = plugin.exports['sum'] as (a: number, b: number) => number;
    expect(sum(2, 3)).toBe(5);
    const ops = host.get('ops');
    const old = ops.swap(await host.prepare('ops', ops.package));
    await old?.instance.close();
    expect(sum(4, 5)).toBe(9);
    await host.close();
  });

  it('is given what the other promises without a version, or in one that is compatible', async () => {
    for (const [promise, version] of [
      ['acme:math/ops', '1.0.0'],
      ['acme:math/ops', '1.4.0'],
      ['acme:math/ops@1.0.0', '1.2.0'],
    ]) {
      const host = createPluginHost();
      const ops = await opsComponent(1, version === undefined ? {} : { version });
      await host.add(pluginFiles('ops', { interfaces: [promise] }, ops));
      await host.add(pluginFiles('sum', { dependencies: { ops: '*' } }, await sumComponent()));
      const { exports } = await host.load('sum');
      expect((exports['sum'] as (a: number, b: number) => number)(2, 3)).toBe(5);
      await host.close();
    }
  });

  it('gets nothing that the manifest of the other does not promise', async () => {
    const host = createPluginHost();
    await host.add(pluginFiles('ops', {}, await opsComponent(1)));
    await host.add(pluginFiles('sum', { dependencies: { ops: '^1.0.0' } }, await sumComponent()));
    await expect(host.load('sum')).rejects.toThrow(code('WP_IMPORT_MISSING'));
    await host.close();
  });

  it('is refused where it does not export what it promises', async () => {
    const host = createPluginHost();
    await host.add(pluginFiles('a', { interfaces: ['acme:math/ops@1.0.0'] }));
    await expect(host.load('a')).rejects.toThrow(
      'it does not export "acme:math/ops@1.0.0", which its manifest promises',
    );
    await host.close();
  });
});

describe('limits of a host', () => {
  it('can only be lowered by a manifest', async () => {
    const host = createPluginHost({ engine: { limits: { hostCalls: 100 } }, limits: { handles: 10 } });
    await host.add(pluginFiles('a', { limits: { hostCalls: 50, handles: 5 } }));
    await host.add(pluginFiles('b', { limits: { hostCalls: 101 } }));
    await host.add(pluginFiles('c', { limits: { handles: 11 } }));
    expect((await host.load('a')).state).toBe('ready');
    await expect(host.load('b')).rejects.toThrow(
      'the manifest of "b": $.limits.hostCalls: wanted at most 100',
    );
    await expect(host.load('c')).rejects.toThrow('the manifest of "c": $.limits.handles: wanted at most 10');
    await host.close();
  });
});

describe('close()', () => {
  it('ends everything, dependents first, and refuses work afterwards', async () => {
    const host = await hostOf({ a: { b: '*' }, b: {} });
    await host.loadAll();
    const ended: string[] = [];
    host.on('state', ({ plugin, to }) => to === 'registered' && ended.push(plugin));
    await host.close();
    await host.close();
    expect(ended).toEqual(['a', 'b']);
    await expect(host.load('a')).rejects.toThrow(code('WP_CLOSED'));
  });

  it('leaves an engine that was given to it alone', async () => {
    const engine = createEngine();
    const host = createPluginHost({ engine });
    await host.close();
    const plugin = await engine.load(await opsComponent(1));
    expect(plugin.instantiate().state).toBe('ready');
    engine.close();
  });
});

const COMPRESSOR_MANIFEST = {
  world: 'wasm-plugin:abi/audio-effect',
  interfaces: ['wasm-plugin:abi/processor@0.1.0'],
  permissions: [
    { capability: 'log', reason: 'to say when it is ready' },
    { capability: 'env:RATIO', reason: 'to read its ratio', required: false },
  ],
  config: {
    schema: {
      type: 'object',
      properties: {
        ratio: { type: 'number', minimum: 1, default: 2 },
        threshold: { type: 'number', default: -20 },
      },
      additionalProperties: false,
    },
  },
};

interface Processor {
  getParameter(id: number): number;
}

describe('configuration of a running plugin', () => {
  const start = async (
    options: object = {},
  ): Promise<{ host: NodePluginHost; read: (id: number) => number }> => {
    const host = createPluginHost({ grants: ['log', 'env:*'], env: { RATIO: '7' }, ...options });
    await host.add(pluginFiles('acme.compressor', COMPRESSOR_MANIFEST, COMPRESSOR));
    return {
      host,
      read: (id) => (host.get('acme.compressor').exports['processor'] as Processor).getParameter(id),
    };
  };

  it('reaches it when it starts and when it changes', async () => {
    const { host, read } = await start();
    const lines: string[] = [];
    host.on('log', ({ plugin, level, message }) => lines.push(`${plugin} ${level}: ${message}`));
    await host.load('acme.compressor', { config: { ratio: '${RATIO}' } });
    expect(lines).toEqual(['acme.compressor debug: compressor is ready']);
    expect([read(0), read(1)]).toEqual([-20, 7]);
    const changes: (readonly string[])[] = [];
    host.on('configured', ({ keys }) => changes.push(keys));
    await host.configure('acme.compressor', { threshold: -30 });
    expect([read(0), read(1)]).toEqual([-30, 7]);
    await host.configure('acme.compressor', { threshold: null });
    expect(read(0)).toBe(-20);
    await host.configure('acme.compressor', { threshold: null });
    expect(changes).toEqual([['threshold'], ['threshold']]);
    await host.close();
  });

  it('stays as it was where the schema or the plugin refuses', async () => {
    const { host, read } = await start();
    const plugin = await host.load('acme.compressor');
    await expect(host.configure('acme.compressor', { ratio: 0 })).rejects.toThrow(
      '$.ratio is 0: must be 1 or more',
    );
    await expect(host.configure('acme.compressor', { ratio: 99 })).rejects.toThrow(
      'Cannot configure "acme.compressor": it refused: ratio cannot be 99',
    );
    expect(plugin.configuration?.values).toEqual({ ratio: 2, threshold: -20 });
    expect([read(0), read(1)]).toEqual([-20, 2]);
    await host.close();
  });

  it('keeps a plugin that refuses its settings from starting', async () => {
    const { host } = await start();
    await expect(host.load('acme.compressor', { config: { ratio: 99 } })).rejects.toThrow(
      'Cannot start "acme.compressor": it refused: ratio cannot be 99',
    );
    expect(host.get('acme.compressor')).toMatchObject({ state: 'failed', error: { code: 'WP_INIT' } });
    await host.close();
  });

  it('needs required permissions to be granted', async () => {
    const { host } = await start({ grants: [] });
    const error = await host.load('acme.compressor').catch((reason: unknown) => reason);
    expect(PluginError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'WP_CAPABILITY', capability: 'log', lacking: 'host' });
    await host.close();
  });

  it('reads no variable that is not granted', async () => {
    const { host } = await start({ grants: ['log'] });
    await expect(host.load('acme.compressor', { config: { ratio: '${RATIO}' } })).rejects.toThrow(
      'needs "env:RATIO": the host does not grant it',
    );
    await host.close();
  });

  it('writes no more lines to the log than are allowed', async () => {
    const { host } = await start({ limits: { logLinesPerSecond: 0 } });
    const lines: string[] = [];
    host.on('log', ({ message }) => lines.push(message));
    await host.load('acme.compressor');
    expect(lines).toEqual(['lines are dropped: at most 0 a second are allowed']);
    await host.close();
  });
});
