import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AudioEffect } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import { openReloadableLane, type ReloadableLane } from '@wasm-plugin/engine/reload';
import { describe, expect, it } from 'vitest';
import { Random } from '../support/random.js';
import { payloadOf } from '../guests/audio-plugin.js';
import { exampleComponent } from './example-plugin.js';
import { ROOT } from './start-program.js';

type Reverb = AudioEffect & { response: { put(channels: Float32Array[]): void } };

const SETUP = { sampleRateHz: 48_000, maxFrames: 512, channels: 2 };

async function open<Effect extends object>(name: string): Promise<ReloadableLane<Effect>> {
  const component = exampleComponent(name);
  return await openReloadableLane<Effect>(createEngine(), { component, version: '1.0.0', setup: SETUP });
}

/** Sends a sound through both channels, the second with the other sign, in blocks of changing length. */
async function through(lane: ReloadableLane<object>, sound: Float32Array): Promise<Float32Array> {
  const heard = new Float32Array(sound.length);
  const lengths = [1, 64, 128, 300, 512];
  for (let at = 0, turn = 0; at < sound.length; turn++) {
    const block = sound.subarray(at, at + (lengths[turn % lengths.length] as number));
    lane.inputs[0]?.set(block);
    lane.inputs[1]?.set(block.map((sample) => -sample));
    lane.process(block.length);
    const [left, right] = lane.outputs.map((output) => output.slice(0, block.length));
    expect(right?.map((sample) => 0 - sample)).toEqual(left?.map((sample) => sample + 0));
    heard.set(left ?? [], at);
    at += block.length;
    await nextTurn();
  }
  return heard;
}

function noise(frames: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: frames }, () => random.word() / 2 ** 31 - 1);
}

function impulse(frames: number): Float32Array {
  return new Float32Array(frames).fill(1, 0, 1);
}

function largest(list: ArrayLike<number>): number {
  return Array.from(list).reduce((most, each) => Math.max(most, Math.abs(each)), 0);
}

/** Returns the frames at which an effect repeats an impulse, and how loud. */
function echoes(heard: Float32Array): [frame: number, level: number][] {
  return [...heard].flatMap((level, frame) => (Math.abs(level) > 1e-4 ? [[frame, level]] : [])) as never;
}

/** Sends one sound through two lanes, and reloads the second in the middle. */
async function withAndWithoutReload(name: string, prepare: (lane: ReloadableLane<Reverb>) => void) {
  const component = exampleComponent(name);
  const [whole, cut] = [await open<Reverb>(name), await open<Reverb>(name)];
  const sound = noise(60_000, 5);
  for (const lane of [whole, cut]) {
    prepare(lane);
    await through(lane, sound.subarray(0, 30_000));
  }
  const reload = cut.reload({ component, version: '1.0.1' });
  const [a, b] = [
    await through(whole, sound.subarray(30_000)),
    await through(cut, sound.subarray(30_000)),
  ] as const;
  const { state } = await reload;
  await Promise.all([whole.close(), cut.close()]);
  return {
    state,
    difference: largest(a.map((sample, at) => sample - (b[at] as number))),
    loudest: largest(a),
  };
}

describe('examples/plugins/reverb', () => {
  it('is the direct convolution to 1e-6 of its peak, 128 frames later', async () => {
    const lane = await open<Reverb>('reverb');
    const room = noise(1000, 1).map((sample, at) => sample * Math.exp(-at / 200));
    lane.instance.exports.response.put([room]);
    lane.instance.exports.processor.setParameter(0, 1);
    lane.instance.exports.processor.reset();
    const sound = noise(4000, 2);
    const heard = await through(lane, sound);
    const wanted = Float64Array.from(sound, (_, at) => {
      let sum = 0;
      for (let back = 0; back < room.length && back <= at - 128; back++)
        sum += (room[back] as number) * (sound[at - 128 - back] as number);
      return sum;
    });
    expect(largest(wanted.map((sample, at) => sample - (heard[at] as number)))).toBeLessThan(
      largest(wanted) * 1e-6,
    );
    await lane.close();
  });

  it('has a room for each channel, and refuses what is none', async () => {
    const { response, processor } = (await open<Reverb>('reverb')).instance.exports;
    response.put([Float32Array.of(1), Float32Array.of(0, -1)]);
    processor.setParameter(0, 1);
    processor.prepare(SETUP);
    const [left, right] = processor.process([impulse(512), impulse(512)]) as [Float32Array, Float32Array];
    expect([left[128], right[129]].map((level) => level?.toFixed(5))).toEqual(['1.00000', '-1.00000']);
    const tooLong = new Float32Array(480_001);
    for (const channels of [[], [new Float32Array()], [Float32Array.of(Number.NaN)], [tooLong]])
      expect(payloadOf(() => response.put(channels))).toBeTypeOf('string');
    expect(processor.process([impulse(512), impulse(512)])).toHaveLength(2);
  });

  it('carries its room, and the tail in it, through a reload between two blocks', async () => {
    const { state, difference, loudest } = await withAndWithoutReload('reverb', ({ instance }) => {
      const room = noise(20_000, 3).map((sample, at) => sample * Math.exp(-at / 5000));
      instance.exports.response.put([room]);
      instance.exports.processor.setParameter(0, 1);
    });
    expect({ state, difference }).toEqual({ state: 'carried', difference: 0 });
    expect(loudest).toBeGreaterThan(1);
  });

  it('says in its wit what the ABI says', () => {
    const copies = join(ROOT, 'examples/plugins/reverb/wit/deps/abi');
    const config = join(ROOT, 'examples/plugins/lyrics/wit/deps/abi/config.wit');
    const original = (name: string): string => readFileSync(join(ROOT, 'abi/wit', name), 'utf8');
    for (const name of readdirSync(copies))
      expect(readFileSync(join(copies, name), 'utf8')).toBe(original(name));
    expect(readFileSync(config, 'utf8')).toBe(original('config.wit'));
  });
});

describe('examples/plugins/delay', () => {
  it.each([
    [120, 2, 24_000],
    [90, 3, 24_000],
    [240, 8, 3000],
    [200, 7, 4800],
  ])('repeats at %d BPM, division %d, every %d frames', async (tempo, division, frames) => {
    const lane = await open<AudioEffect>('delay');
    const { processor } = lane.instance.exports;
    [tempo, division, 0.5, 1].forEach((value, id) => processor.setParameter(id, value));
    processor.reset();
    const heard = await through(lane, impulse(frames * 3 + 1));
    expect(echoes(heard)).toEqual([1, 2, 3].map((time) => [frames * time, 0.5 ** (time - 1)]));
    await lane.close();
  });

  it('fades to another tempo, and neither clicks nor bends the pitch', async () => {
    const lane = await open<AudioEffect>('delay');
    const { processor } = lane.instance.exports;
    [240, 5, 0, 1].forEach((value, id) => processor.setParameter(id, value));
    processor.reset();
    const tone = Float32Array.from({ length: 24_000 }, (_, at) =>
      Math.sin((2 * Math.PI * 1000 * at) / 48_000),
    );
    await through(lane, tone);
    processor.setParameter(0, 200);
    const heard = (await through(lane, tone)).subarray(48);
    const steps = heard.map((sample, at) => (at === 0 ? 0 : sample - (heard[at - 1] as number)));
    expect(largest(steps)).toBeLessThan(0.14); // The tone's own steps are 0.131.
    await lane.close();
  });

  it('carries its echoes through a reload between two blocks', async () => {
    const { state, difference, loudest } = await withAndWithoutReload('delay', () => {});
    expect({ state, difference }).toEqual({ state: 'carried', difference: 0 });
    expect(loudest).toBeGreaterThan(0.5);
  });

  it('refuses a state that is cut short or made up, and stays as it was', async () => {
    const lane = await open<AudioEffect>('delay');
    const { state, processor } = lane.instance.exports;
    await through(lane, noise(2000, 4));
    const saved = state.serialize();
    for (let length = 0; length < saved.length; length += length < 200 ? 1 : 9973)
      expect(payloadOf(() => state.restore(saved.slice(0, length), 1, '1.0.0'))).toBeTypeOf('string');
    expect(state.serialize()).toEqual(saved);
    const random = new Random(3);
    for (let round = 0; round < 200; round++) {
      const damaged = saved.slice();
      for (let i = 0; i < 3; i++) damaged[random.below(160)] = random.below(256);
      try {
        state.restore(damaged, 1, '1.0.0');
      } catch (error) {
        expect((error as { payload: unknown }).payload).toBeTypeOf('string');
      }
      expect(processor.process([impulse(128), impulse(128)])).toHaveLength(2);
    }
    await lane.close();
  });
});
