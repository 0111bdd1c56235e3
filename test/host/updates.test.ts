import { createUpdateHistory, type UpdatePolicy } from '@wasm-plugin/abi/update';
import { readPackage } from '@wasm-plugin/engine/host';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../reload/counter.js';
import { counterFiles, counterHost } from './counter-host.js';

/** Only version 2 takes the state of version 1, and only a migration leads on from there. */
const ONWARDS = MIGRATIONS.filter(({ from, to }) => from.schema === 2 && to.schema === 3);

/** A host of counters in which version 3 is reached by way of version 2, and its history. */
async function pathHost() {
  const history = createUpdateHistory();
  return { history, ...(await counterHost({ history, migrations: () => ONWARDS })) };
}

/** Version 2 under another number, with a fault that only it has. */
function faulty(version: string, fault: string) {
  const properties = { fault: { type: 'string', default: fault } };
  return counterFiles(2, { version, config: { schema: { type: 'object', properties } } });
}

describe('an update over versions in between', () => {
  it('takes the state through them as one transaction, and writes each step down', async () => {
    const { reloads, plugin, counting, events, history, close } = await pathHost();
    counting.add(5n);
    const result = await reloads.reload('counter', '3.0.0', { by: 'ada' });
    expect(result).toMatchObject({ from: '1.0.0', to: '3.0.0', state: 'carried' });
    expect(result.via.map(({ version }) => version)).toEqual(['2.0.0']);
    expect(counting.add(5n)).toEqual({ total: 10n, calls: 2n, version: 3 });
    expect(events.map(({ kind }) => kind)).toEqual(['committed']);
    const at = 1_700_000_000_000;
    expect(history.records('counter')).toEqual([
      { plugin: 'counter', by: 'ada', at, from: '1.0.0', to: '2.0.0', result: 'done', durationMs: 0 },
      { plugin: 'counter', by: 'ada', at, from: '2.0.0', to: '3.0.0', result: 'done', durationMs: 0 },
    ]);
    await reloads.rollBack('counter', 'changed my mind');
    expect([plugin.version, counting.add(5n)]).toEqual(['1.0.0', { total: 15n, calls: 3n, version: 1 }]);
    expect(history.records('counter').at(-1)).toMatchObject({
      from: '1.0.0',
      to: '3.0.0',
      result: 'rolled-back',
      reason: 'changed my mind',
    });
    await close();
  });

  it.each(['restore-refuse', 'restore-trap', 'save-refuse', 'save-trap'])(
    'leaves the old version untouched where one in between fails: %s',
    async (fault) => {
      const { host, reloads, plugin, counting, history, close } = await pathHost();
      await host.add(faulty('2.5.0', fault));
      counting.add(1n);
      const failing = reloads.reload('counter', '3.0.0');
      await expect(failing).rejects.toMatchObject({ code: 'WP_RELOAD', step: 'carry', instanceUsable: true });
      await expect(failing).rejects.toThrow('through version 2.5.0');
      expect([plugin.version, plugin.state, counting.add(1n).calls]).toEqual(['1.0.0', 'ready', 2n]);
      expect(history.records()).toMatchObject([{ from: '1.0.0', to: '3.0.0', result: 'failed' }]);
      await close();
    },
  );

  it('does without the state where the way ends and the policy says so', async () => {
    const { host, reloads, counting, close } = await pathHost();
    await host.add(faulty('2.5.0', 'restore-trap'));
    counting.add(1n);
    expect(await reloads.reload('counter', '3.0.0', { policy: 'discard-state' })).toMatchObject({
      state: 'discarded',
    });
    expect(counting.add(1n)).toMatchObject({ calls: 1n, version: 3 });
    await close();
  });

  it('passes over versions that cannot run here, and those of another channel', async () => {
    const { host, reloads, close } = await pathHost();
    await host.add(counterFiles(2, { version: '2.7.0-beta.1' }));
    await host.add(counterFiles(2, { version: '2.6.0', engine: '>=99.0.0' }));
    await host.add(counterFiles(2, { version: '2.5.0', dependencies: { 'acme.missing': '*' } }));
    const { via } = await reloads.reload('counter', '3.0.0');
    expect(via.map(({ version }) => version)).toEqual(['2.0.0']);
    await close();
  });
});

describe('what an update may do', () => {
  it.each<[UpdatePolicy, string, string | undefined]>([
    ['none', '1.0.1', '1.0.0 → 1.0.1 is a patch update; the policy "none" allows no updates'],
    ['patch', '1.0.1', undefined],
    ['patch', '1.1.0', '1.0.0 → 1.1.0 is a minor update; the policy "patch" allows updates up to patch'],
    ['minor', '1.1.0', undefined],
    ['minor', '2.0.0', '1.0.0 → 2.0.0 is a major update; the policy "minor" allows updates up to minor'],
    ['major', '2.0.0', undefined],
    ['major', '0.9.0', '1.0.0 → 0.9.0 is a downgrade update; the policy "major" allows updates up to major'],
    [({ kind }) => kind === 'downgrade' || `no ${kind} today`, '0.9.0', undefined],
    [({ kind }) => kind === 'downgrade' || `no ${kind} today`, '1.0.1', 'no patch today'],
  ])('is held to the policy %s: %s', async (update, version, problem) => {
    const { reloads, plugin, close } = await counterHost();
    const next = await readPackage(counterFiles(version === '2.0.0' ? 2 : 1, { version }));
    const reloading = reloads.reload('counter', next, { update });
    if (problem === undefined) await reloading;
    else
      await expect(reloading).rejects.toMatchObject({
        code: 'WP_UPDATE',
        message: `Cannot update "counter" from 1.0.0 to ${version}: ${problem}`,
      });
    expect(plugin.version).toBe(problem === undefined ? version : '1.0.0');
    await close();
  });

  it('is held to the channel of the manifest', async () => {
    const { host, reloads, close } = await counterHost();
    const beta = await readPackage(counterFiles(1, { version: '1.1.0-beta.1' }));
    await expect(reloads.reload('counter', beta)).rejects.toThrow(
      'Cannot update "counter" from 1.0.0 to 1.1.0-beta.1: 1.1.0-beta.1 is not on the channel "stable"',
    );
    await reloads.reload('counter', beta, { channel: 'beta' });
    const steadier = await readPackage(counterFiles(1, { version: '1.1.0-rc.1' }));
    await reloads.reload('counter', steadier);
    await expect(
      reloads.reload('counter', await readPackage(counterFiles(1, { version: '1.2.0-alpha.1' }))),
    ).rejects.toThrow('1.2.0-alpha.1 is not on the channel "stable"');
    await host.add(counterFiles(1, { id: 'acme.eager', update: { channel: 'beta' } }));
    await host.load('acme.eager');
    await reloads.reload(
      'acme.eager',
      await readPackage(counterFiles(1, { id: 'acme.eager', version: '1.1.0-beta.1' })),
    );
    await close();
  });

  it('is refused where the settings do not fit, with every other reason', async () => {
    const { reloads, plugin, close } = await counterHost({}, { fault: 'none' });
    const properties = { fault: { type: 'number' } };
    const next = await readPackage(
      counterFiles(1, {
        version: '1.1.0',
        engine: '>=99.0.0',
        permissions: [{ capability: 'http:example.com', reason: 'to call home' }],
        config: { schema: { type: 'object', properties } },
      }),
    );
    const { instance } = plugin;
    const refused: unknown = await reloads.reload('counter', next).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'WP_UPDATE' });
    for (const reason of ['it needs the engine >=99.0.0', '"http:example.com" is asked for anew', 'fault'])
      expect(String(refused)).toContain(reason);
    expect([plugin.instance, plugin.state]).toEqual([instance, 'ready']);
    await close();
  });
});

describe('the strategy of a manifest', () => {
  it('cannot be a time, which only a host knows', async () => {
    await expect(readPackage(counterFiles(1, { reload: { strategy: 'scheduled' } }))).rejects.toMatchObject({
      code: 'WP_MANIFEST',
      message: expect.stringContaining('$.reload.strategy') as string,
    });
  });

  it('holds where the caller asks for none', async () => {
    const { host, reloads, clock, close } = await counterHost();
    await host.add(counterFiles(1, { id: 'acme.calm', reload: { strategy: 'when-idle' } }));
    const plugin = await host.load('acme.calm');
    const { instance } = plugin;
    const reloading = reloads.reload('acme.calm');
    await clock.pass(99);
    expect(plugin.instance).toBe(instance);
    await clock.pass(1);
    await reloading;
    expect(plugin.instance).not.toBe(instance);
    await close();
  });
});
