import { readPackage, type PluginPackage } from '@wasm-plugin/engine/host';
import { beforeAll, describe, expect, it } from 'vitest';
import { opsComponent, sumComponent } from './components.js';
import { counterHost } from './counter-host.js';
import { pluginFiles } from './plugin-files.js';

const OPS = 'acme:math/ops@1.0.0';

let sum: Uint8Array;
let ops: Uint8Array;

beforeAll(async () => {
  sum = await sumComponent();
  ops = await opsComponent(1);
});

type Dependencies = Record<string, string | { range: string; optional: boolean }>;

/** A plugin that adds by itself. */
const opsFiles = (id: string, version = '1.0.0', dependencies: Dependencies = {}) =>
  pluginFiles(id, { version, interfaces: [OPS], dependencies }, ops);

/** `acme.user`, which lets its dependency add. */
const userFiles = (version: string, dependencies: Dependencies) =>
  pluginFiles('acme.user', { version, dependencies }, sum);

/** A host in which `acme.user` runs, linked with `acme.old`; `acme.next` is known and does not run. */
async function userHost() {
  const set = await counterHost();
  const { host } = set;
  await host.add(opsFiles('acme.old'));
  await host.add(opsFiles('acme.next'));
  await host.add(userFiles('1.0.0', { 'acme.old': '^1.0.0' }));
  const user = await host.load('acme.user');
  const add = user.exports['sum'] as (a: number, b: number) => number;
  const needs = (): string[] => user.dependencies.map(({ plugin }) => plugin.name);
  const state = (name: string): string => host.get(name).state;
  return { ...set, user, add, needs, state };
}

const next = (dependencies: Dependencies): Promise<PluginPackage> =>
  readPackage(userFiles('2.0.0', dependencies));

describe('a reload to a version with other dependencies', () => {
  it('loads and links what is new, and lets go of what is not needed any more', async () => {
    const { host, reloads, add, needs, state, close } = await userHost();
    expect([needs(), state('acme.next')]).toEqual([['acme.old'], 'registered']);
    await expect(host.unload('acme.old')).rejects.toMatchObject({ code: 'WP_IN_USE' });
    await reloads.reload('acme.user', await next({ 'acme.next': '^1.0.0' }));
    expect([needs(), state('acme.next'), add(2, 3)]).toEqual([['acme.next'], 'ready', 5]);
    expect(host.dependents('acme.next').map(({ name }) => name)).toEqual(['acme.user']);
    await expect(host.unload('acme.next')).rejects.toMatchObject({ code: 'WP_IN_USE' });
    await close();
  });

  it('links the old ones again where it is rolled back', async () => {
    const { reloads, user, add, needs, close } = await userHost();
    await reloads.reload('acme.user', await next({ 'acme.next': '^1.0.0' }));
    await reloads.rollBack('acme.user');
    expect([user.version, needs(), add(2, 3)]).toEqual(['1.0.0', ['acme.old'], 5]);
    await close();
  });

  it('keeps the new version where what the old one needs is unloaded', async () => {
    const { host, reloads, user, add, events, close } = await userHost();
    await reloads.reload('acme.user', await next({ 'acme.next': '^1.0.0' }));
    await host.unload('acme.old');
    expect([reloads.isConfirming('acme.user'), events.at(-1)?.kind]).toEqual([false, 'confirmed']);
    await expect(reloads.rollBack('acme.user')).rejects.toMatchObject({ step: 'rollback' });
    expect([user.version, add(2, 3)]).toEqual(['2.0.0', 5]);
    await close();
  });

  it('is refused where one is missing, or there in no version that fits', async () => {
    const { reloads, user, add, needs, close } = await userHost();
    const { instance } = user;
    for (const [dependencies, reason] of [
      [{ 'acme.gone': '*' }, 'it needs "acme.gone" *; there is none'],
      [{ 'acme.next': '^2.0.0' }, 'it needs "acme.next" ^2.0.0; there is 1.0.0'],
    ] as const)
      await expect(reloads.reload('acme.user', await next(dependencies))).rejects.toMatchObject({
        code: 'WP_UPDATE',
        message: `Cannot update "acme.user" from 1.0.0 to 2.0.0: ${reason}`,
      });
    expect([user.instance, user.state, needs(), add(2, 3)]).toEqual([instance, 'ready', ['acme.old'], 5]);
    await close();
  });

  it('goes on without one that is optional', async () => {
    const { host, reloads, needs, close } = await userHost();
    const skipped: string[] = [];
    host.on('skipped', ({ dependency }) => skipped.push(dependency));
    const dependencies = { 'acme.next': '*', 'acme.gone': { range: '*', optional: true } };
    await reloads.reload('acme.user', await next(dependencies));
    expect([needs(), skipped]).toEqual([['acme.next'], ['acme.gone']]);
    await close();
  });

  it('is refused where one is disabled, does not start, or leads back', async () => {
    const { host, reloads, user, add, close } = await userHost();
    await host.add(pluginFiles('acme.broken', {}, new Uint8Array(8)));
    await host.disable('acme.next');
    await host.add(opsFiles('acme.loop', '1.0.0', { 'acme.user': '*' }));
    for (const [id, reason] of [
      ['acme.next', 'it needs "acme.next", which is disabled'],
      ['acme.broken', '"acme.broken", which it needs, did not start'],
      ['acme.loop', 'there is a cycle of dependencies: acme.user → acme.loop → acme.user'],
    ] as const) {
      const failing = reloads.reload('acme.user', await next({ [id]: '*' }));
      await expect(failing).rejects.toMatchObject({ code: 'WP_RELOAD', step: 'prepare' });
      await expect(failing).rejects.toThrow(reason);
    }
    const looping = reloads.reload(
      'acme.old',
      await readPackage(opsFiles('acme.old', '1.1.0', { 'acme.user': '*' })),
    );
    await expect(looping).rejects.toThrow('a cycle of dependencies: acme.old → acme.user → acme.old');
    expect([user.version, user.state, add(2, 3)]).toEqual(['1.0.0', 'ready', 5]);
    await close();
  });

  it('takes a version beside the one that others need', async () => {
    const { host, reloads, user, needs, close } = await userHost();
    await host.add(opsFiles('acme.old', '2.0.0'));
    await reloads.reload('acme.user', await next({ 'acme.old': '^2.0.0' }));
    expect([needs(), host.get('acme.old').version]).toEqual([['acme.old@2.0.0'], '1.0.0']);
    expect(user.dependencies[0]?.plugin.version).toBe('2.0.0');
    await close();
  });
});

describe('PluginReloads.reloadAll() with other dependencies', () => {
  it('goes in the order of what the new versions need', async () => {
    const { reloads, events, host, close } = await userHost();
    await host.load('acme.next');
    await reloads.reloadAll([
      { name: 'acme.user', to: await next({ 'acme.next': '^1.1.0' }) },
      { name: 'acme.next', to: await readPackage(opsFiles('acme.next', '1.1.0')) },
    ]);
    expect(events.map(({ plugin, kind }) => `${kind} ${plugin}`)).toEqual([
      'committed acme.next',
      'committed acme.user',
    ]);
    await close();
  });

  it('turns who needs whom around', async () => {
    const { reloads, user, add, needs, host, close } = await userHost();
    const free = await readPackage(
      pluginFiles('acme.user', { version: '2.0.0', dependencies: { 'acme.next': '*' } }, sum),
    );
    const bound = await readPackage(opsFiles('acme.old', '1.1.0', { 'acme.user': '^2.0.0' }));
    await reloads.reloadAll([
      { name: 'acme.old', to: bound },
      { name: 'acme.user', to: free },
    ]);
    expect([user.version, needs(), add(1, 2)]).toEqual(['2.0.0', ['acme.next'], 3]);
    expect(host.dependents('acme.user').map(({ name }) => name)).toEqual(['acme.old']);
    await close();
  });

  it('touches nothing where one of them is refused', async () => {
    const { reloads, host, events, close } = await userHost();
    const all = [
      { name: 'acme.old', to: await readPackage(opsFiles('acme.old', '1.1.0')) },
      { name: 'acme.user', to: await next({ 'acme.gone': '*' }) },
    ];
    await expect(reloads.reloadAll(all)).rejects.toMatchObject({ code: 'WP_UPDATE', plugin: 'acme.user' });
    expect([host.get('acme.old').version, events]).toEqual(['1.0.0', []]);
    await close();
  });
});
