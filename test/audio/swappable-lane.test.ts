import { readFileSync } from 'node:fs';
import { createEngine, openLane, type Instance, type Plugin, type RealtimeLane } from '@wasm-plugin/engine';
import { type Crossfade } from '@wasm-plugin/engine/reload';
import { Reloader, SwappableLane, type ReloadSubject, type RunningVersion } from '#internals';
import { beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../reload/counter.js';

const FRAMES = 128;
const SETUP = { sampleRateHz: 48_000, maxFrames: FRAMES, channels: 2 };

interface Version extends RunningVersion {
  readonly instance: Instance;
  readonly lane: RealtimeLane;
}

let plugin: Plugin;

beforeAll(async () => {
  const engine = createEngine({
    imports: {
      'wasm-plugin:abi/log': { log: () => undefined },
      'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
    },
  });
  const file = new URL('../../plugins-as/build/eq.wasm', import.meta.url);
  plugin = await engine.load(new Uint8Array(readFileSync(file)));
});

function start(version: string): Version {
  const instance = plugin.instantiate();
  (instance.exports['lifecycle'] as { init(settings: unknown[]): void }).init([]);
  // Before the state: a plugin that is prepared takes the audio of the past over too.
  return { instance, version, lane: openLane(instance, SETUP) };
}

/** Turns the first band up, so that the filter has a past. */
function turnUp({ instance }: Version): void {
  const { processor } = instance.exports as unknown as {
    processor: {
      describe(): { parameters: { id: number; name: string; max: number; unit: string }[] };
      setParameter(id: number, value: number): void;
    };
  };
  for (const { id, unit, max } of processor.describe().parameters)
    if (unit === 'dB') processor.setParameter(id, max / 2);
}

/** A note, block by block, through any lane. */
function play(lane: Pick<RealtimeLane, 'inputs' | 'outputs' | 'process'>, block: number): number[] {
  for (const channel of lane.inputs)
    for (let frame = 0; frame < FRAMES; frame++)
      channel[frame] = 0.25 * Math.sin(((block * FRAMES + frame) * 440 * 2 * Math.PI) / 48_000);
  lane.process(FRAMES);
  return Array.from(lane.outputs[0] as Float32Array);
}

/** An EQ whose lane stays through reloads. */
function line(crossfade: Crossfade, confirmBlocks = 0) {
  let current = start('1.0.0');
  turnUp(current);
  const lane = new SwappableLane(current.lane, {
    onTrap: (error) => reloader.rollBackNow(error)?.lane,
    onConfirmed: () => reloader.confirm(),
  });
  const subject: ReloadSubject<Version> = {
    id: 'eq',
    calls: 'sync',
    current: () => current,
    swap(next) {
      current = next;
      lane.swap(next.lane, { crossfade, confirmBlocks });
    },
    route: () => undefined,
    restart: async () => start('1.0.0'),
  };
  const reloader = new Reloader<Version>(subject, { clock: new ManualClock() });
  return { lane, reloader, current: () => current };
}

describe('SwappableLane', () => {
  it.each(['none', 'linear'] as const)(
    'sounds as if nothing had happened, crossfade %s',
    async (crossfade) => {
      const reference = start('0.0.0');
      turnUp(reference);
      const { lane, reloader } = line(crossfade);
      let worst = 0;
      for (let block = 0; block < 60; block++) {
        if (block % 10 === 5) await reloader.reload(() => start(`1.0.${block}`));
        const wanted = play(reference.lane, block);
        const found = play(lane, block);
        for (const [frame, sample] of wanted.entries())
          worst = Math.max(worst, Math.abs(sample - (found[frame] as number)));
      }
      expect(worst).toBeLessThan(1e-6);
    },
  );

  it.each(['linear', 'equal-power'] as const)(
    'goes from one sound to another without a click, %s',
    async (crossfade) => {
      const steepest = (samples: number[]): number =>
        Math.max(...samples.slice(1).map((sample, index) => Math.abs(sample - (samples[index] as number))));
      /** The steepest step before a change of all settings, and at it. */
      const stepsWith = async (fade: typeof crossfade): Promise<[number, number]> => {
        const { lane, reloader, current } = line(fade);
        for (let block = 0; block < 20; block++) play(lane, block);
        const before = [20, 21, 22].flatMap((block) => play(lane, block));
        const flat = start('2.0.0');
        await reloader.reload(() => flat, { state: { ...(await reloader.save())!, payload: flatState() } });
        expect(current()).toBe(flat);
        const after = [23, 24, 25].flatMap((block) => play(lane, block));
        return [steepest(before), steepest([before.at(-1) as number, ...after])];
      };
      const [steadyStep, faded] = await stepsWith(crossfade);
      expect(faded).toBeLessThan(steadyStep * 1.25);
    },
  );

  it('goes on with the old version in the block in which the new one has ended', async () => {
    const { lane, reloader, current } = line('none');
    for (let block = 0; block < 5; block++) play(lane, block);
    await reloader.reload(() => start('2.0.0'));
    play(lane, 5);
    current().instance.close();
    expect(play(lane, 6).some((sample) => sample !== 0)).toBe(true);
    expect(current().version).toBe('1.0.0');
    expect(play(lane, 7).some((sample) => sample !== 0)).toBe(true);
  });

  it.each(['none', 'linear'] as const)(
    'comes back as if it had never been away in the blocks of confirmation, crossfade %s',
    async (crossfade) => {
      const reference = start('0.0.0');
      turnUp(reference);
      const { lane, reloader, current } = line(crossfade, 8);
      // The last one is confirmed, and its end is that of the sound.
      for (const [at, endsAfter] of [5, 20, 35].map((begin, index) => [begin, [1, 7, 8][index]]) as [
        number,
        number,
      ][]) {
        for (let block = at - 5; block < at + 10; block++) {
          if (block === at) await reloader.reload(() => start('2.0.0'), { confirm: { ms: Infinity } });
          if (block === at + endsAfter) {
            expect(reloader.confirming).toBe(endsAfter < 8);
            if (endsAfter < 8) current().instance.close();
          }
          const wanted = play(reference.lane, block);
          expect(play(lane, block)).toEqual(wanted.map((sample) => expect.closeTo(sample, 5) as number));
        }
        expect(current().version).toBe(endsAfter < 8 ? '1.0.0' : '2.0.0');
      }
      current().instance.close();
      expect(() => play(lane, 50)).toThrow(expect.objectContaining({ code: 'WP_CLOSED' }));
    },
  );

  it('goes on where the old version ends in the blocks of confirmation', async () => {
    const { lane, reloader, current } = line('none', 8);
    const old = current();
    await reloader.reload(() => start('2.0.0'));
    play(lane, 0);
    old.instance.close();
    for (let block = 1; block < 10; block++) play(lane, block);
    expect(current().version).toBe('2.0.0');
  });

  it('refuses a lane of another shape', () => {
    const lane = new SwappableLane(start('1.0.0').lane);
    const { instance } = start('2.0.0');
    const other = openLane(instance, { ...SETUP, channels: 1 });
    expect(() => lane.swap(other)).toThrow(
      'Cannot swap lanes: wanted 2 channels of 128 frames, got 1 channels of 128 frames',
    );
  });
});

/** Returns the state of an untouched EQ. */
function flatState(): Uint8Array {
  return (start('0.0.0').instance.exports['state'] as { serialize(): Uint8Array }).serialize();
}
