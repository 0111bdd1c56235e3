import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createPluginHost, readPackage } from '@wasm-plugin/engine/host';
import { describe, expect, it } from 'vitest';
import { opsComponent } from './components.js';
import { pluginFiles } from './plugin-files.js';
import type { ManagedPlugin, NodePluginHost, PluginPackage } from '@wasm-plugin/engine/host';

interface Ops {
  add(a: number, b: number): number;
  which(): number;
  boom(): void;
}

const ops = (plugin: ManagedPlugin, name = 'ops'): Ops => plugin.exports[name] as Ops;

/** A host with `acme.ops`, and a way to have another version of it. */
async function start(): Promise<{
  host: NodePluginHost;
  plugin: ManagedPlugin;
  version: (
    which: number,
    manifest: { version: string },
    wit?: { version?: string; extra?: string },
  ) => Promise<PluginPackage>;
}> {
  const host = createPluginHost();
  await host.add(pluginFiles('acme.ops', {}, await opsComponent(1)));
  const plugin = await host.load('acme.ops');
  const version = async (which: number, manifest: { version: string }, wit = {}): Promise<PluginPackage> => {
    await host.add(pluginFiles('acme.ops', manifest, await opsComponent(which, wit)));
    return host
      .packages({ id: 'acme.ops' })
      .find((pkg) => pkg.manifest.version === manifest.version) as PluginPackage;
  };
  return { host, plugin, version };
}

describe('ManagedPlugin.swap()', () => {
  it('puts another instance behind functions that callers keep', async () => {
    const { host, plugin, version } = await start();
    const { exports } = plugin;
    const { add, which } = ops(plugin);
    expect([add(2, 3), which()]).toEqual([5, 1]);
    const next = await host.prepare('acme.ops', await version(2, { version: '1.1.0' }));
    expect(which()).toBe(1);
    const old = plugin.swap(next);
    expect(plugin.exports).toBe(exports);
    expect(ops(plugin).which).toBe(which);
    expect([add(2, 3), which(), plugin.version]).toEqual([5, 2, '1.1.0']);
    expect(old?.instance.state).toBe('ready');
    plugin.swap(old);
    expect([which(), plugin.version]).toEqual([1, '1.0.0']);
    await host.close();
  });

  it('keeps an interface across compatible versions of it, under each of its names', async () => {
    const { host, plugin, version } = await start();
    const old = ops(plugin, 'acme:math/ops@1.0.0');
    expect(old).toBe(ops(plugin));
    plugin.swap(await host.prepare('acme.ops', await version(2, { version: '1.1.0' }, { version: '1.2.0' })));
    expect(ops(plugin, 'acme:math/ops@1.2.0')).toBe(old);
    expect(ops(plugin, 'acme:math/ops@1.0.0')).toBe(old);
    expect(old.which()).toBe(2);
    await host.close();
  });

  it('refuses calls of what the new version no longer has', async () => {
    const { host, plugin, version } = await start();
    const { which } = ops(plugin);
    plugin.swap(await host.prepare('acme.ops', await version(2, { version: '2.0.0' }, { version: '2.0.0' })));
    expect(which).toThrow(
      'Cannot call "acme:math/ops@1.0.0#which": version 2.0.0 of "acme.ops" has no export',
    );
    expect(ops(plugin).which()).toBe(2);
    await host.close();
  });

  it('refuses an instance of another plugin', async () => {
    const { host, plugin } = await start();
    await host.add(pluginFiles('acme.other'));
    const other = await host.load('acme.other');
    const started = await host.prepare('acme.other', other.package);
    expect(() => plugin.swap(started)).toThrow('"acme.other" is another plugin');
    await host.close();
  });

  it('lets calls be sent elsewhere for a while', async () => {
    const { host, plugin } = await start();
    const { which } = ops(plugin);
    let calls = 0;
    const counting = { ...ops(plugin), which: () => (calls++, 7) };
    plugin.route({ 'acme:math/ops@1.0.0': counting, ops: counting });
    expect([which(), calls]).toEqual([7, 1]);
    plugin.route(undefined);
    expect([which(), calls]).toEqual([1, 1]);
    await host.close();
  });
});

describe('a plugin that dies', () => {
  it('is dead at once, tells so, and comes back when it is loaded again', async () => {
    const { host, plugin } = await start();
    const { boom, which } = ops(plugin);
    const states: string[] = [];
    host.on('state', ({ from, to }) => states.push(`${from} → ${to}`));
    expect(boom).toThrow(expect.objectContaining({ code: 'WP_TRAP' }));
    expect(plugin.state).toBe('dead');
    expect(which).toThrow(plugin.error as Error);
    expect(await host.load('acme.ops')).toBe(plugin);
    expect(which()).toBe(1);
    expect(states).toEqual(['ready → dead', 'dead → loading', 'loading → ready']);
    await host.close();
    expect(which).toThrow('Cannot call "acme:math/ops@1.0.0#which": "acme.ops" is removed');
  });

  it('keeps two compatible versions of an interface apart where both are exported', async () => {
    const { host, plugin } = await startWith(await bothComponent());
    const [old, young] = ['acme:math/ops@1.0.0', 'acme:math/ops@1.2.0'].map((name) => ops(plugin, name));
    expect([old?.which(), young?.which()]).toEqual([1, 2]);
    await host.close();
  });

  it('gives each of two versions its own again after one alone was exported', async () => {
    const { host, plugin } = await startWith(await opsComponent(7, { version: '1.1.0' }));
    const held = ops(plugin, 'acme:math/ops@1.1.0');
    const both = pluginFiles('acme.ops', { version: '1.1.0' }, await bothComponent());
    plugin.swap(await host.prepare('acme.ops', await readPackage(both)));
    expect(held.which()).toBe(2);
    expect(ops(plugin, 'acme:math/ops@1.0.0').which()).toBe(1);
    const one = pluginFiles('acme.ops', { version: '1.2.0' }, await opsComponent(8, { version: '1.3.0' }));
    const [old, young] = ['acme:math/ops@1.0.0', 'acme:math/ops@1.2.0'].map((name) => ops(plugin, name));
    plugin.swap(await host.prepare('acme.ops', await readPackage(one)));
    expect([held.which(), old?.which(), young?.which()]).toEqual([8, 8, 8]);
    await host.close();
  });
});

async function startWith(wasm: Uint8Array): Promise<{ host: NodePluginHost; plugin: ManagedPlugin }> {
  const host = createPluginHost();
  await host.add(pluginFiles('acme.ops', {}, wasm));
  return { host, plugin: await host.load('acme.ops') };
}

/** Exports `acme:math/ops` in the versions 1.0.0 and 1.2.0, whose `which` return 1 and 2. */
async function bothComponent(): Promise<Uint8Array> {
  return await parse(`
    (component
      (core module $code
        (func (export "one") (result i32) (i32.const 1))
        (func (export "two") (result i32) (i32.const 2)))
      (core instance $code (instantiate $code))
      (func $one (result u32) (canon lift (core func $code "one")))
      (func $two (result u32) (canon lift (core func $code "two")))
      (instance $old (export "which" (func $one)))
      (instance $young (export "which" (func $two)))
      (export "acme:math/ops@1.2.0" (instance $young))
      (export "acme:math/ops@1.0.0" (instance $old)))`);
}
