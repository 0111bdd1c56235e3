import { LIMITS, type Carrier, type LimitName } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import { createPluginHost, type SupervisorEvent } from '@wasm-plugin/engine/host';
import type { ReloadEvent } from '@wasm-plugin/engine/reload';
import { PluginReloads, Supervisor } from '#internals';
import { afterEach, expect, it } from 'vitest';
import { COUNTING, ManualClock, MIGRATIONS } from '../reload/counter.js';
import { tally, type IsolatedCounting } from '../reload/isolated-counter.js';
import { counterFiles, faultyPackage } from './counter-host.js';

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Runs components in threads of their own, with nothing of the host's. */
function inThreads(): Carrier {
  const engine = createEngine({
    isolation: 'worker',
    imports: {
      'wasm-plugin:abi/log': { log: () => undefined },
      'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
    },
  });
  return {
    kind: 'wasm',
    calls: 'async',
    enforces: new Set(Object.keys(LIMITS) as LimitName[]),
    limits: engine.limits,
    async load({ id, entry, files }, { limits }) {
      const plugin = await engine.load(await files.read(entry), { name: id, limits });
      return {
        size: plugin.size,
        instantiate: ({ onEnd }) => plugin.instantiate(onEnd === undefined ? {} : { onEnd }),
        close: () => plugin.close(),
      };
    },
    close: () => engine.close(),
  };
}

/** A counter of version 1 in a thread, which is reloaded and watched over. */
async function watched() {
  const clock = new ManualClock();
  const host = createPluginHost({ carriers: [inThreads()], grants: ['log'], now: clock.now });
  const told: (ReloadEvent | SupervisorEvent)[] = [];
  const onEvent = (event: ReloadEvent | SupervisorEvent): void => void told.push(event);
  const reloads = new PluginReloads(host, {
    clock,
    migrations: () => MIGRATIONS,
    recovery: true,
    onEvent,
  });
  const supervisor = new Supervisor(host, reloads, { clock, onEvent });
  closing.push(
    () => supervisor.close(),
    () => reloads.close(),
    () => host.close(),
  );
  await host.add(counterFiles(1));
  const plugin = await host.load('counter');
  supervisor.watch('counter');
  const counting = plugin.exports[COUNTING] as unknown as IsolatedCounting;
  const add = (count: number) => Promise.all(Array.from({ length: count }, () => counting.add(1n)));
  return { clock, reloads, plugin, counting, add, told };
}

it('a plugin in a thread comes back in its old version before anybody would start it anew', async () => {
  const { reloads, plugin, add, told, clock } = await watched();
  await add(2);
  await reloads.reload('counter', await faultyPackage('call-3'));
  expect(tally(await add(5))).toEqual([
    [2, 3n],
    [2, 4n],
    [1, 5n],
    [1, 6n],
    [1, 7n],
  ]);
  await clock.pass(60_000);
  expect(told.map(({ kind }) => kind)).toEqual(['committed', 'rolled-back']);
  expect([plugin.state, plugin.version]).toEqual(['ready', '1.0.0']);
});

it('a plugin in a thread that dies is started anew with its whole state', async () => {
  const { reloads, plugin, counting, add, told, clock } = await watched();
  await reloads.reload('counter', await faultyPackage('call-4'), { confirm: { calls: 2 } });
  await add(3);
  await expect(add(2)).rejects.toMatchObject({ code: 'WP_TRAP' });
  const restarted = new Promise<void>((resolve) => {
    const look = (): void =>
      told.some(({ kind }) => kind === 'restarted') ? resolve() : void clock.pass(1000).then(look);
    look();
  });
  await restarted;
  expect(told.map(({ kind }) => kind)).toEqual(['committed', 'confirmed', 'died', 'recovered', 'restarted']);
  expect(told.at(-1)).toMatchObject({ state: 'whole' });
  expect([plugin.state, plugin.version]).toEqual(['ready', '2.0.0']);
  expect(await counting.read()).toMatchObject({ version: 2, calls: 3n });
});
