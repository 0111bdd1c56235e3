import { readFileSync } from 'node:fs';
import { createEngine, type Plugin } from '@wasm-plugin/engine';
import { type ReloadEvent } from '@wasm-plugin/engine/reload';
import { Reloader, type RunningVersion, type Exports } from '#internals';
import { beforeAll, expect, it } from 'vitest';

const TYPES = readFileSync(new URL('../../plugins-rust/build/types.wasm', import.meta.url));

interface Ops {
  echo(text: string): string;
  Counter: new (start: number) => object;
}

let plugin: Plugin;

beforeAll(async () => {
  const imports = { 'wasm-plugin:types/host': { hostAdd: (a: number, b: number) => a + b } };
  plugin = await createEngine({ imports }).load(TYPES);
});

/** A plugin that exports a resource, and its reloader. */
function setUp(recovery: boolean) {
  const start = (version: string): RunningVersion => ({ instance: plugin.instantiate(), version });
  let current = start('1.0.0');
  let exports: Exports = current.instance.exports;
  const events: ReloadEvent[] = [];
  const reloader = new Reloader(
    {
      id: 'types',
      calls: 'sync',
      current: () => current,
      swap: (next) => {
        current = next;
        exports = next.instance.exports;
      },
      route: (given) => (exports = given ?? current.instance.exports),
      restart: async ({ version }) => start(version),
    },
    { recovery, onEvent: (event) => events.push(event) },
  );
  return { reloader, events, start, ops: () => exports['ops'] as unknown as Ops };
}

const UNSEEN = /^it exports the resource ".*#Counter", whose calls are not written down$/;

it('calls are not made again to the old version of a plugin that exports resources, and why is told', async () => {
  const { reloader, events, start, ops } = setUp(false);
  await reloader.reload(() => start('2.0.0'));
  expect(ops().echo('a')).toBe('a');
  await reloader.rollBack();
  expect(events.at(-1)).toMatchObject({
    kind: 'rolled-back',
    replayed: 0,
    lost: 1,
    obstacle: expect.stringMatching(UNSEEN) as string,
  });
});

it('recovery says that it cannot hold for a plugin that exports resources', async () => {
  const { reloader, events, start, ops } = setUp(true);
  const told = { kind: 'not-recorded', reason: expect.stringMatching(UNSEEN) as string };
  expect(events).toMatchObject([{ ...told, version: '1.0.0' }]);
  ops().echo('a');
  await reloader.reload(() => start('2.0.0'), { confirm: { calls: 0 } });
  expect(events.at(-1)).toMatchObject({ kind: 'committed' });
  expect(events).toMatchObject([
    { kind: 'not-recorded' },
    { ...told, version: '2.0.0' },
    { kind: 'committed' },
  ]);
});

it('two versions of a plugin that exports resources are not tried on the same calls', async () => {
  const { reloader, start, ops } = setUp(false);
  const { instance } = start('2.0.0');
  const reloading = reloader.reload(() => ({ instance, version: '2.0.0' }), {
    strategy: { kind: 'blue-green', state: 'both' },
  });
  await expect(reloading).rejects.toMatchObject({ code: 'WP_RELOAD', step: 'prepare', instanceUsable: true });
  await expect(reloading).rejects.toThrow(
    /calls of the resource ".*#Counter" cannot be made to two versions/,
  );
  expect([instance.state, ops().echo('a')]).toEqual(['closed', 'a']);
});
