import { readPackage, type PluginHost } from '@wasm-plugin/engine/host';
import type { PluginReloads } from '#internals';
import { describe, expect, it } from 'vitest';
import type { Counting } from '../reload/counter.js';
import { counterFiles, counterHost } from './counter-host.js';

const IDLE = { strategy: { kind: 'when-idle' } } as const;

describe('a plugin that is reloaded', () => {
  it('twice at once: one after the other, each from where the one before has ended', async () => {
    const { reloads, plugin, counting, events, close } = await counterHost();
    counting.add(1n);
    await Promise.all([reloads.reload('counter', '2.0.0'), reloads.reload('counter', '3.0.0')]);
    expect(
      events.map((event) => (event.kind === 'committed' ? `${event.from} → ${event.to}` : event.kind)),
    ).toEqual(['1.0.0 → 2.0.0', '2.0.0 → 3.0.0']);
    expect([plugin.state, counting.add(1n)]).toEqual(['ready', { total: 2n, calls: 2n, version: 3 }]);
    await close();
  });

  it('and unloaded at once: it is reloaded, and then it ends', async () => {
    const { reloads, host, plugin, clock, counting, close } = await counterHost();
    const reloading = reloads.reload('counter', '2.0.0', IDLE);
    const unloading = host.unload('counter');
    await clock.pass(200);
    await Promise.all([reloading, unloading]);
    expect([plugin.state, plugin.instance]).toEqual(['registered', undefined]);
    expect(() => counting.add(1n)).toThrow(expect.objectContaining({ code: 'WP_LIFECYCLE' }) as Error);
    await close();
  });

  it('while its host is closed: both old and new end', async () => {
    const { reloads, host, plugin, clock } = await counterHost();
    const { instance } = plugin;
    const reloading = reloads.reload('counter', '2.0.0', IDLE);
    const closing = host.close();
    await clock.pass(200);
    await Promise.all([reloading, closing]);
    await reloads.close();
    expect([plugin.state, instance?.state]).toEqual(['removed', 'closed']);
  });

  it('while what reloads it is closed: the version that serves goes on', async () => {
    const { reloads, host, plugin, clock, counting } = await counterHost();
    counting.add(1n);
    const { instance } = plugin;
    const reloading = reloads.reload('counter', '2.0.0', IDLE);
    const closing = reloads.close();
    await clock.pass(200);
    await Promise.all([reloading, closing]);
    expect([plugin.version, instance?.state, counting.add(1n).calls]).toEqual(['2.0.0', 'closed', 2n]);
    await expect(reloads.reload('counter')).rejects.toMatchObject({ code: 'WP_CLOSED' });
    await host.close();
  });

  it.each([
    ['is unloaded', 'registered', (host: PluginHost) => host.unload('counter')],
    ['is disabled', 'disabled', (host: PluginHost) => host.disable('counter')],
    ['ends with its host', 'removed', (host: PluginHost) => host.close()],
    ['stays while what reloads it is closed', 'ready', (_: PluginHost, by: PluginReloads) => by.close()],
  ] as const)('and tried, whose calls do not come: it %s without them', async (_, state, end) => {
    for (const turns of [0, 1, 50]) {
      const { reloads, host, plugin, clock, events } = await counterHost();
      const { instance } = plugin;
      const trial = reloads.reload('counter', '2.0.0', { strategy: { kind: 'blue-green' } });
      const failed = expect(trial).rejects.toMatchObject({ code: 'WP_RELOAD' });
      for (let turn = 0; turn < turns; turn++) await clock.pass(0);
      await end(host, reloads);
      await failed;
      expect([plugin.state, instance?.state]).toEqual([state, state === 'ready' ? 'ready' : 'closed']);
      expect(events.at(-1)?.kind).toBe('failed');
      await reloads.close();
      await host.close();
    }
  });

  it('and has dependents: they go on with the new version, and with the old one after a rollback', async () => {
    const { reloads, host, counting, close } = await counterHost();
    await host.add(counterFiles(1, { id: 'acme.user', dependencies: { counter: '>=1.0.0' } }));
    const user = await host.load('acme.user');
    const { instance } = user;
    await reloads.reload('counter', '2.0.0');
    expect([user.instance, user.state, user.dependencies[0]?.plugin.version]).toEqual([
      instance,
      'ready',
      '2.0.0',
    ]);
    await expect(host.unload('counter')).rejects.toMatchObject({ code: 'WP_IN_USE' });
    await reloads.rollBack('counter');
    expect([user.dependencies[0]?.plugin.version, counting.add(1n).version]).toEqual(['1.0.0', 1]);
    await close();
  });

  it('beside another version of it: each has its state, and its own way back', async () => {
    const { reloads, host, counting, close } = await counterHost();
    const beside = await host.load('counter@2.0.0');
    const other = beside.exports['wasm-plugin:counter/counting@1.0.0'] as unknown as Counting;
    counting.add(1n);
    other.add(10n);
    await reloads.reload('counter@2.0.0', await readPackage(counterFiles(2, { version: '2.0.1' })));
    await reloads.reload('counter', '3.0.0', { confirm: { calls: 0 } });
    expect([other.add(10n), counting.add(1n)]).toEqual([
      { total: 20n, calls: 2n, version: 2 },
      { total: 2n, calls: 2n, version: 3 },
    ]);
    expect([reloads.isConfirming('counter@2.0.0'), reloads.isConfirming('counter')]).toEqual([true, false]);
    await reloads.rollBack('counter@2.0.0');
    expect([beside.version, other.add(1n).calls]).toEqual(['2.0.0', 3n]);
    await close();
  });
});
