import { readFileSync } from 'node:fs';
import type { AudioEffect } from '@wasm-plugin/abi';
import { createEngine, openLane, type RealtimeLane } from '@wasm-plugin/engine';
import {
  createPluginHost,
  readPackage,
  type CreatePluginHostOptions,
  type PluginPackage,
  type SupervisorEvent,
} from '@wasm-plugin/engine/host';
import { openReloadableLane, type LaneOptions, type ReloadEvent } from '@wasm-plugin/engine/reload';
import { afterEach, describe, expect, it } from 'vitest';
import { pluginFiles } from '../host/plugin-files.js';
import { ManualClock } from '../reload/counter.js';

const WORLD = 'wasm-plugin:abi/audio-effect';
const FRAMES = 128;
const SETUP = { sampleRateHz: 48_000, maxFrames: FRAMES, channels: 2 };
/** Its band 1: gain. */
const GAIN = 2;

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function component(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../plugins-as/build/${name}.wasm`, import.meta.url)));
}

/** A version of the equalizer. Version 3 fails its health check, version 4 traps in its 40th block. */
function eqPackage(version: string, file = 'eq'): Promise<PluginPackage> {
  const permissions = [{ capability: 'log', reason: 'to say what it does' }];
  const manifest = { version, world: WORLD, permissions, state: { schema: 1 } };
  return readPackage(pluginFiles('eq', manifest, component(file)));
}

/** A host whose equalizer runs, with a lane. */
async function hostWithLane(
  options: Partial<LaneOptions> = {},
  { file = 'eq', ...given }: CreatePluginHostOptions & { file?: string } = {},
) {
  const clock = new ManualClock();
  const host = createPluginHost({ grants: ['log'], clock, ...given });
  closing.push(() => host.close());
  const events: (ReloadEvent | SupervisorEvent)[] = [];
  host.on('reload', (event) => events.push(event));
  host.on('supervision', (event) => events.push(event));
  await host.add((await eqPackage('1.0.0', file)).files);
  const plugin = await host.load<AudioEffect>('eq');
  const lane = await openReloadableLane(host, 'eq', {
    setup: SETUP,
    crossfade: 'none',
    confirmBlocks: 8,
    ...options,
  });
  const kinds = (): string[] => events.map(({ kind }) => kind);
  return { host, plugin, lane, clock, events, kinds };
}

/** Plays a block of a note. Returns its samples. */
function play(lane: Pick<RealtimeLane, 'inputs' | 'outputs' | 'process'>, block: number): number[] {
  for (const channel of lane.inputs)
    for (let frame = 0; frame < FRAMES; frame++)
      channel[frame] = Math.sin(((block * FRAMES + frame) * 440 * 2 * Math.PI) / 48_000) / 4;
  lane.process(FRAMES);
  return Array.from(lane.outputs[0] as Float32Array);
}

function playAll(lane: Parameters<typeof play>[0], blocks: number): boolean {
  let isHeard = false;
  for (let block = 0; block < blocks; block++) isHeard = play(lane, block).some((sample) => sample !== 0);
  return isHeard;
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('openReloadableLane() of a plugin of a host', () => {
  it.each(['none', 'linear'] as const)(
    'misses no block in reloads, and sounds as the plugin alone, crossfade %s',
    async (crossfade) => {
      const { host, plugin, lane } = await hostWithLane({ crossfade });
      const engine = createEngine({
        imports: {
          'wasm-plugin:abi/log': { log: () => undefined },
          'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
        },
      });
      closing.push(() => engine.close());
      const alone = (await engine.load<AudioEffect>(component('eq'))).instantiate();
      const reference = openLane(alone, SETUP);
      for (const { processor } of [plugin.exports, alone.exports]) processor.setParameter(GAIN, 9);
      let block = 0;
      const check = (): void => {
        const wanted = play(reference, block);
        expect(play(lane, block++)).toEqual(wanted.map((sample) => expect.closeTo(sample, 5) as number));
      };
      for (const version of ['1.0.1', '1.0.2', '1.0.3']) {
        const done = new AbortController();
        const reload = host.reload('eq', await eqPackage(version)).finally(() => done.abort());
        while (!done.signal.aborted) {
          check();
          await turn();
        }
        expect(await reload).toMatchObject({ to: version, state: 'carried' });
        for (let after = 0; after < 3; after++) check();
      }
      expect(plugin.version).toBe('1.0.3');
    },
  );

  it('goes from one sound to another without a click, where there is a crossfade', async () => {
    const bendWith = async (crossfade: 'none' | 'linear'): Promise<number> => {
      const { host, plugin, lane } = await hostWithLane({ crossfade });
      const flat = await host.save('eq');
      plugin.exports.processor.setParameter(GAIN, 12);
      for (let block = 0; block < 40; block++) play(lane, block);
      const before = play(lane, 40);
      if (flat === undefined) throw new Error('the equalizer has no state');
      await host.reload('eq', await eqPackage('1.0.1'), { state: flat });
      const samples = [...before, ...play(lane, 41), ...play(lane, 42)];
      const bends = samples.slice(2).map((sample, at) => {
        const [first, second] = [samples[at] as number, samples[at + 1] as number];
        return Math.abs(sample - 2 * second + first);
      });
      return Math.max(...bends);
    };
    expect(await bendWith('linear')).toBeLessThan((await bendWith('none')) / 2);
  });

  it('confirms a version after its blocks, and can go back until then', async () => {
    const { host, plugin, lane, kinds } = await hostWithLane();
    const old = plugin.instance;
    await host.reload('eq', await eqPackage('2.0.0', 'eq-v2'));
    playAll(lane, 7);
    expect([host.isConfirming('eq'), old?.state]).toEqual([true, 'ready']);
    await host.rollBack('eq', 'it sounds worse');
    expect([plugin.version, playAll(lane, 2)]).toEqual(['1.0.0', true]);
    await host.reload('eq', await eqPackage('2.0.0', 'eq-v2'));
    playAll(lane, 8);
    await turn();
    expect([host.isConfirming('eq'), old?.state, plugin.version]).toEqual([false, 'closed', '2.0.0']);
    expect(kinds()).toEqual(['committed', 'rolled-back', 'committed', 'confirmed']);
    await expect(host.rollBack('eq')).rejects.toMatchObject({ code: 'WP_RELOAD' });
  });

  it('goes on where calls of the exports confirm a version', async () => {
    const { host, plugin, lane } = await hostWithLane({ crossfade: 'linear' });
    await host.reload('eq', await eqPackage('1.0.1'), { confirm: { calls: 1 } });
    playAll(lane, 2);
    plugin.exports.processor.setParameter(GAIN, 3);
    await turn();
    expect([host.isConfirming('eq'), playAll(lane, 20)]).toEqual([false, true]);
  });

  it('has the old version process the block in which the new one traps', async () => {
    const { host, plugin, lane, kinds } = await hostWithLane({ confirmBlocks: 64 }, { supervise: true });
    await host.reload('eq', await eqPackage('4.0.0', 'eq-v4'));
    plugin.exports.processor.setParameter(GAIN, 9);
    expect(playAll(lane, 39)).toBe(true);
    expect(plugin.version).toBe('4.0.0');
    expect([playAll(lane, 1), plugin.version, plugin.state]).toEqual([true, '1.0.0', 'ready']);
    await turn();
    expect(kinds()).toEqual(['committed', 'rolled-back']);
    expect(playAll(lane, 50)).toBe(true);
  });

  it('sounds by the old version after rollBack(), where the new one was closed', async () => {
    const { host, plugin, lane, kinds } = await hostWithLane();
    await host.reload('eq', await eqPackage('1.0.1'));
    playAll(lane, 2);
    await plugin.instance?.close();
    await host.rollBack('eq');
    expect([playAll(lane, 3), plugin.version, kinds()]).toEqual([
      true,
      '1.0.0',
      ['committed', 'rolled-back'],
    ]);
  });

  it('sounds again once supervision has started a plugin anew that died', async () => {
    const { plugin, lane, clock, kinds } = await hostWithLane(
      {},
      { file: 'eq-v4', supervise: { backoff: { firstMs: 100, jitter: 0 } } },
    );
    playAll(lane, 39);
    expect(() => play(lane, 39)).toThrow(expect.objectContaining({ code: 'WP_TRAP' }));
    expect(() => play(lane, 40)).toThrow(expect.objectContaining({ code: 'WP_TRAP' }));
    await clock.pass(100);
    await turnsUntil(() => plugin.state === 'ready');
    expect([playAll(lane, 30), kinds()]).toEqual([true, ['died', 'recovered', 'restarted']]);
  });

  it('goes on with the old version where the new one is refused, or has no lane', async () => {
    const { host, plugin, lane, kinds } = await hostWithLane();
    const refused = [
      [await eqPackage('3.0.0', 'eq-v3'), 'health'],
      [
        await readPackage(pluginFiles('eq', { version: '5.0.0', world: WORLD, state: { schema: 1 } })),
        'prepare',
      ],
    ] as const;
    for (const [pkg, step] of refused) {
      await expect(host.reload('eq', pkg, { policy: 'discard-state' })).rejects.toMatchObject({ step });
      expect([playAll(lane, 3), plugin.version, plugin.state]).toEqual([true, '1.0.0', 'ready']);
    }
    expect(kinds()).toEqual(['failed', 'failed']);
  });

  it('does not take a block that is too long for the end of a version', async () => {
    const { host, plugin, lane } = await hostWithLane();
    await host.reload('eq', await eqPackage('1.0.1'));
    expect(() => lane.process(FRAMES + 1)).toThrow(RangeError);
    expect([playAll(lane, 3), plugin.version]).toEqual([true, '1.0.1']);
  });

  it('leaves no garbage', async () => {
    const { host, lane } = await hostWithLane({ crossfade: 'linear' });
    await host.reload('eq', await eqPackage('1.0.1'));
    const blocks = 10_000;
    // V8 compiles the lane meanwhile, which takes memory: the best of some rounds is that of the blocks.
    let least = Infinity;
    for (let round = 0; round < 5; round++) {
      const before = process.memoryUsage().heapUsed;
      for (let block = 0; block < blocks; block++) lane.process(FRAMES);
      least = Math.min(least, process.memoryUsage().heapUsed - before);
    }
    expect(least).toBeLessThan(blocks);
  });

  it('is one for each plugin, until it is closed or the plugin is unloaded', async () => {
    const { host, lane } = await hostWithLane();
    const again = () => openReloadableLane(host, 'eq', { setup: SETUP });
    await expect(again()).rejects.toMatchObject({ code: 'WP_LIFECYCLE' });
    lane.close();
    expect(() => play(lane, 0)).toThrow(expect.objectContaining({ code: 'WP_CLOSED' }));
    const other = await again();
    expect(playAll(other, 1)).toBe(true);
    await host.unload('eq');
    expect(() => play(other, 0)).toThrow(expect.objectContaining({ code: 'WP_CLOSED' }));
    await expect(again()).rejects.toMatchObject({ code: 'WP_LIFECYCLE' });
    await host.load('eq');
    expect(playAll(await again(), 1)).toBe(true);
  });

  it('refuses a setup or confirmBlocks out of range, and plugins that are not there', async () => {
    const { host, lane } = await hostWithLane();
    lane.close();
    const open = (options: Partial<LaneOptions>, id = 'eq') =>
      openReloadableLane(host, id, { setup: SETUP, ...options });
    await expect(open({ setup: { ...SETUP, channels: 0 } })).rejects.toThrow(RangeError);
    await expect(open({ confirmBlocks: 0 })).rejects.toThrow(RangeError);
    await expect(open({}, 'none')).rejects.toMatchObject({ code: 'WP_NOT_FOUND' });
    expect(playAll(await open({}), 1)).toBe(true);
  });
});

/** Lets turns pass until something has happened. */
async function turnsUntil(isTrue: () => boolean): Promise<void> {
  for (let turns = 0; turns < 10_000 && !isTrue(); turns++) await turn();
  expect(isTrue()).toBe(true);
}
