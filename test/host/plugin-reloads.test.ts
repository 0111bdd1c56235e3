import { createUpdateHistory } from '@wasm-plugin/abi/update';
import { readPackage } from '@wasm-plugin/engine/host';
import { describe, expect, it } from 'vitest';
import { counterFiles, counterHost, faultyPackage } from './counter-host.js';

describe('PluginReloads.reload()', () => {
  it('replaces the version behind exports that stay, and writes it down', async () => {
    const history = createUpdateHistory();
    const { reloads, plugin, counting, close } = await counterHost({ history });
    const { add } = counting;
    expect(add(5n)).toEqual({ total: 5n, calls: 1n, version: 1 });
    expect(await reloads.reload('counter', '2.0.0', { by: 'ada' })).toMatchObject({
      to: '2.0.0',
      state: 'carried',
    });
    expect(add(5n)).toEqual({ total: 10n, calls: 2n, version: 2 });
    expect([plugin.version, plugin.state, reloads.isConfirming('counter')]).toEqual(['2.0.0', 'ready', true]);
    expect(history.records('counter')).toMatchObject([
      { by: 'ada', from: '1.0.0', to: '2.0.0', result: 'done' },
    ]);
    await close();
  });

  it('has the host know a package that nobody has added', async () => {
    const { host, reloads, plugin, counting, close } = await counterHost();
    const pkg = await readPackage(counterFiles(2, { version: '4.0.0' }));
    await reloads.reload('counter', pkg);
    expect(host.list({ id: 'counter' })).toEqual([plugin]);
    expect(host.packages().map(({ manifest }) => manifest.version)).toEqual([
      '1.0.0',
      '2.0.0',
      '3.0.0',
      '4.0.0',
    ]);
    await host.unload('counter');
    expect((await host.load('counter')).version).toBe('4.0.0');
    expect(counting.add(1n)).toMatchObject({ version: 2 });
    await close();
  });

  it('begins at the time that is scheduled; saves and calls go on until then', async () => {
    const { reloads, clock, counting, close } = await counterHost();
    const strategy = { kind: 'scheduled', at: 500 } as const;
    const reloading = reloads.reload('counter', '2.0.0', { strategy });
    await clock.pass(499);
    expect(counting.add(1n)).toMatchObject({ version: 1 });
    expect(await reloads.save('counter')).toMatchObject({ schema: 1 });
    await clock.pass(2);
    expect(await reloading).toMatchObject({ to: '2.0.0', state: 'carried' });
    expect(counting.add(1n)).toMatchObject({ version: 2, calls: 2n });
    await close();
  });

  it('frees nothing of a reload that begins while the last one is confirmed', async () => {
    const { clock, reloads, counting, close } = await counterHost();
    await reloads.reload('counter', '2.0.0', { confirm: { calls: 1, ms: 1000 } });
    counting.add(1n);
    await clock.pass(0);
    expect(reloads.isConfirming('counter')).toBe(false);
    await reloads.reload('counter', '1.0.0', { confirm: { calls: 1, ms: 1000 } });
    for (const version of ['2.0.0', '3.0.0', '2.0.0', '1.0.0']) {
      counting.add(1n);
      // In the same turn: the versions before are being freed.
      expect(await reloads.reload('counter', version, { confirm: { calls: 1, ms: 1000 } })).toMatchObject({
        to: version,
      });
    }
    await close();
  });

  it('confirms and frees as the manifest says', async () => {
    const { reloads, counting, clock, plugin, close } = await counterHost();
    const old = plugin.instance;
    await reloads.reload('counter', '2.0.0');
    await clock.pass(9_999);
    expect(old?.state).toBe('ready');
    await clock.pass(1);
    expect([old?.state, reloads.isConfirming('counter')]).toEqual(['closed', false]);
    expect(counting.add(1n).version).toBe(2);
    await reloads.reload('counter', '1.0.0');
    expect(counting.add(1n)).toMatchObject({ version: 1, calls: 2n });
    await close();
  });

  it('rolls back in the middle of a call, and the plugin is ready again', async () => {
    const history = createUpdateHistory();
    const { reloads, counting, host, plugin, events, close } = await counterHost({ history });
    counting.add(1n);
    const states: string[] = [];
    host.on('state', ({ to }) => states.push(to));
    await reloads.reload('counter', await faultyPackage('call-3'));
    const versions = [1, 2, 3, 4].map((index) => {
      const { calls, version } = counting.add(1n);
      expect(calls).toBe(BigInt(index + 1));
      return version;
    });
    expect(versions).toEqual([2, 2, 1, 1]);
    expect([plugin.version, plugin.state]).toEqual(['1.0.0', 'ready']);
    expect(states).toEqual(['reloading', 'ready', 'dead', 'ready']);
    expect(events.at(-1)).toMatchObject({ plugin: 'counter', kind: 'rolled-back', replayed: 2, lost: 0 });
    expect(history.records().map(({ result }) => result)).toEqual(['done', 'rolled-back']);
    await close();
  });

  it('refuses what does not fit before anything is touched', async () => {
    const history = createUpdateHistory();
    const { reloads, plugin, host, counting, close } = await counterHost({ history, migrations: () => [] });
    const refused = await reloads.reload('counter', '3.0.0').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'WP_UPDATE', plugin: 'counter' });
    expect(String(refused)).toContain('restores the state formats 3; 1.0.0 writes 1');
    const needy = await readPackage(
      counterFiles(2, { version: '2.1.0', dependencies: { 'acme.other': '^1.0.0' } }),
    );
    await expect(reloads.reload('counter', needy)).rejects.toThrow(
      'it needs "acme.other" ^1.0.0; there is none',
    );
    await expect(reloads.reload('counter', '2.0.0', { update: 'minor' })).rejects.toThrow(
      'is a major update',
    );
    await expect(reloads.reload('counter', '7.0.0')).rejects.toMatchObject({ code: 'WP_NOT_FOUND' });
    expect(history.records().map(({ result }) => result)).toEqual(['refused', 'refused', 'refused']);
    expect([plugin.version, plugin.state, counting.add(1n).version]).toEqual(['1.0.0', 'ready', 1]);
    expect(host.list()).toHaveLength(1);
    await close();
  });

  it('refuses a version that a dependent cannot work with', async () => {
    const { reloads, host, close } = await counterHost();
    await host.add(counterFiles(1, { id: 'acme.user', dependencies: { counter: '^1.0.0' } }));
    await host.load('acme.user');
    await expect(reloads.reload('counter', '2.0.0')).rejects.toThrow('"acme.user" needs "counter" ^1.0.0');
    await close();
  });

  it('names the step that failed, and the plugin is ready', async () => {
    const { reloads, plugin, counting, close } = await counterHost();
    counting.add(1n);
    await plugin.configuration;
    const broken = await readPackage(counterFiles(2, { version: '2.0.1', entry: 'missing.wasm' }));
    await expect(reloads.reload('counter', broken)).rejects.toMatchObject({
      code: 'WP_RELOAD',
      step: 'prepare',
    });
    expect([plugin.version, plugin.state]).toEqual(['1.0.0', 'ready']);
    expect(counting.add(1n)).toMatchObject({ calls: 2n, version: 1 });
    await close();
  });

  it('refuses a state that is larger than the limit of its version', async () => {
    const { host, reloads, close } = await counterHost();
    await host.add(counterFiles(1, { id: 'acme.small', limits: { stateBytes: 15 } }));
    await host.load('acme.small');
    const facts = { code: 'WP_QUOTA_STATE', allowed: 15, used: 16 };
    await expect(reloads.save('acme.small')).rejects.toMatchObject(facts);
    await expect(reloads.reload('acme.small')).rejects.toMatchObject({ step: 'save', cause: facts });
    await close();
  });

  it('does not reload what its manifest forbids', async () => {
    const { host, reloads, close } = await counterHost();
    await host.add(counterFiles(1, { id: 'acme.rock', reload: { enabled: false } }));
    await host.load('acme.rock');
    const next = await readPackage(counterFiles(1, { id: 'acme.rock', version: '1.0.1' }));
    await expect(reloads.reload('acme.rock', next)).rejects.toMatchObject({
      code: 'WP_RELOAD',
      step: 'prepare',
    });
    await close();
  });
});

describe('PluginReloads.reloadAll()', () => {
  /** `acme.user` needs `acme.base`. */
  async function pair() {
    const set = await counterHost();
    const { host } = set;
    await host.add(counterFiles(1, { id: 'acme.base' }));
    await host.add(counterFiles(1, { id: 'acme.user', dependencies: { 'acme.base': '*' } }));
    await host.load('acme.user');
    return set;
  }

  it('goes in the order of dependencies', async () => {
    const { reloads, events, close } = await pair();
    await reloads.reloadAll([{ name: 'acme.user' }, { name: 'counter', to: '2.0.0' }, { name: 'acme.base' }]);
    expect(events.map(({ plugin, kind }) => `${kind} ${plugin}`)).toEqual([
      'committed acme.base',
      'committed acme.user',
      'committed counter',
    ]);
    await close();
  });

  it('rolls all of them back where one fails', async () => {
    const { reloads, events, host, close } = await pair();
    const broken = await readPackage(
      counterFiles(1, {
        id: 'acme.user',
        version: '1.1.0',
        entry: 'missing.wasm',
        dependencies: { 'acme.base': '*' },
      }),
    );
    const better = await readPackage(counterFiles(1, { id: 'acme.base', version: '1.1.0' }));
    const all = [
      { name: 'acme.user', to: broken },
      { name: 'acme.base', to: better },
    ];
    await expect(reloads.reloadAll(all)).rejects.toMatchObject({ code: 'WP_RELOAD', plugin: 'acme.user' });
    expect(events.map(({ plugin, kind }) => `${kind} ${plugin}`)).toEqual([
      'committed acme.base',
      'failed acme.user',
      'rolled-back acme.base',
    ]);
    expect([host.get('acme.base').version, host.get('acme.user').version]).toEqual(['1.0.0', '1.0.0']);
    await close();
  });
});
