import { readFileSync } from 'node:fs';
import { createEngine, openLane, type Engine } from '@wasm-plugin/engine';
import { openReloadableLane, type ReloadableLane, type ReloadEvent } from '@wasm-plugin/engine/reload';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const FRAMES = 128;
const SETUP = { sampleRateHz: 48_000, maxFrames: FRAMES, channels: 2 };
/** Version 3 fails its health check, version 4 traps in its 40th block. */
const [V1, V2, V3, V4] = ['eq', 'eq-v2', 'eq-v3', 'eq-v4'].map(
  (name) => new Uint8Array(readFileSync(new URL(`../../plugins-as/build/${name}.wasm`, import.meta.url))),
) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

interface Eq {
  processor: {
    describe(): { parameters: { id: number; unit: string }[] };
    getParameter(id: number): number;
    setParameter(id: number, value: number): void;
  };
}

let engine: Engine;
let lane: ReloadableLane<Eq>;
let loaded = 0;
let closed = 0;
const events: ReloadEvent[] = [];

beforeEach(async () => {
  [loaded, closed, events.length] = [0, 0, 0];
  engine = createEngine({
    imports: {
      'wasm-plugin:abi/log': { log: () => undefined },
      'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
    },
  });
  /** Counts loads and closes. */
  const counting = {
    async load(component: Uint8Array, options: { name: string }) {
      loaded++;
      const plugin = await engine.load(component, options);
      return {
        instantiate: () => plugin.instantiate(),
        close() {
          closed++;
          plugin.close();
        },
      };
    },
  };
  lane = await openReloadableLane<Eq>(counting, {
    component: V1,
    version: '1.0.0',
    setup: SETUP,
    name: 'eq',
    crossfade: 'none',
    confirmBlocks: 8,
    settings: [{ key: 'band1.gain', value: '6' }],
    onEvent: (event) => events.push(event),
  });
});

afterEach(async () => {
  await lane.close();
  engine.close();
});

/** Plays blocks of a note. Returns the output of the last one. */
function play(blocks: number, through: Pick<typeof lane, 'inputs' | 'outputs' | 'process'> = lane): number[] {
  for (let block = 0; block < blocks; block++) {
    for (const channel of through.inputs)
      for (let frame = 0; frame < FRAMES; frame++) channel[frame] = Math.sin(frame / 9) / 4;
    through.process(FRAMES);
  }
  return Array.from(through.outputs[0] as Float32Array);
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('openReloadableLane()', () => {
  it('sounds as the same plugin in a lane of its own, across reloads', async () => {
    const alone = (await engine.load(V1)).instantiate();
    (alone.exports['lifecycle'] as { init(settings: unknown[]): void }).init([
      { key: 'band1.gain', value: '6' },
    ]);
    const reference = openLane(alone, SETUP);
    for (const version of ['1.0.1', '1.0.2', '1.0.3']) {
      expect(play(10)).toEqual(play(10, reference).map((sample) => expect.closeTo(sample, 5) as number));
      expect(await lane.reload({ component: V1, version })).toMatchObject({ to: version, state: 'carried' });
    }
    expect(play(10)).toEqual(play(10, reference).map((sample) => expect.closeTo(sample, 5) as number));
    expect(lane.version).toBe('1.0.3');
  });

  it('carries the state to another version, and frees the old one once it is confirmed', async () => {
    const { parameters } = lane.instance.exports.processor.describe();
    const gain = parameters.find(({ unit }) => unit === 'dB') as { id: number };
    lane.instance.exports.processor.setParameter(gain.id, -3);
    await lane.reload({ component: V2, version: '2.0.0' });
    expect(lane.instance.exports.processor.getParameter(gain.id)).toBe(-3);
    play(7);
    expect([lane.isConfirming, loaded, closed]).toEqual([true, 2, 0]);
    play(1);
    await turn();
    expect([lane.isConfirming, loaded, closed]).toEqual([false, 2, 1]);
    expect(events.map(({ kind }) => kind)).toEqual(['committed', 'confirmed']);
    await expect(lane.rollBack()).rejects.toMatchObject({ code: 'WP_RELOAD' });
  });

  it('goes on with the old version where the new one is refused, and frees that', async () => {
    await expect(lane.reload({ component: V3, version: '3.0.0' })).rejects.toMatchObject({ step: 'health' });
    await expect(lane.reload({ component: Uint8Array.of(1), version: '9' })).rejects.toMatchObject({
      code: 'WP_RELOAD',
      step: 'prepare',
    });
    expect(play(3).some((sample) => sample !== 0)).toBe(true);
    expect([lane.version, loaded, closed]).toEqual(['1.0.0', 3, 1]);
  });

  it('has the old version process the block in which the new one ends', async () => {
    play(3);
    await lane.reload({ component: V1, version: '1.0.1' });
    play(4);
    lane.instance.close();
    expect(play(1).some((sample) => sample !== 0)).toBe(true);
    await turn();
    expect([lane.version, loaded, closed]).toEqual(['1.0.0', 2, 1]);
    expect(events.at(-1)).toMatchObject({ kind: 'rolled-back', to: '1.0.0' });
  });

  it('rolls back when it is asked to', async () => {
    await lane.reload({ component: V4, version: '4.0.0' });
    play(2);
    await lane.rollBack('it sounds worse');
    expect([lane.version, play(2).some((sample) => sample !== 0)]).toEqual(['1.0.0', true]);
    expect(events.at(-1)).toMatchObject({ kind: 'rolled-back', reason: 'it sounds worse' });
  });

  it('refuses a setup and confirmBlocks out of range, and frees what it has loaded', async () => {
    const options = { component: V1, version: '1.0.0' };
    await expect(
      openReloadableLane(engine, { ...options, setup: { ...SETUP, channels: 0 } }),
    ).rejects.toThrow(RangeError);
    await expect(openReloadableLane(engine, { ...options, setup: SETUP, confirmBlocks: 0 })).rejects.toThrow(
      'Cannot open a reloadable lane: "confirmBlocks" must be a whole number from 1, it is 0',
    );
  });

  it('ends with close(), after a reload that has begun', async () => {
    const reload = lane.reload({ component: V2, version: '2.0.0' });
    await lane.close();
    expect(await reload).toMatchObject({ to: '2.0.0' });
    expect(closed).toBe(2);
    expect(() => play(1)).toThrow(expect.objectContaining({ code: 'WP_CLOSED' }));
    await expect(lane.reload({ component: V1, version: '1.0.2' })).rejects.toMatchObject({
      code: 'WP_CLOSED',
    });
  });
});
