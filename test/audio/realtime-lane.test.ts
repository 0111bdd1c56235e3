import { readFileSync } from 'node:fs';
import { createEngine, openLane, type Instance, type LaneSetup } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';

const REALTIME = 'wasm-plugin:abi/realtime@0.1.0';
const SETUP: LaneSetup = { sampleRateHz: 48_000, maxFrames: 128, channels: 2 };
const GUESTS = ['plugins-rust/build/compressor.wasm', 'plugins-as/build/eq.wasm'];

async function instanceOf(path: string): Promise<Instance> {
  const engine = createEngine({
    imports: {
      'wasm-plugin:abi/log': { log: () => undefined },
      'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
    },
  });
  const bytes = readFileSync(new URL(`../../${path}`, import.meta.url));
  const instance = (await engine.load(bytes, { name: path })).instantiate();
  (instance.exports['lifecycle'] as { init(settings: unknown[]): void }).init([]);
  return instance;
}

/** An instance whose `prepare` answers with any values. */
function liar(lane: { inputs: number[]; outputs: number[]; maxFrames: number }): Instance {
  const memory = new WebAssembly.Memory({ initial: 1 });
  return {
    plugin: 'liar',
    exports: { [REALTIME]: { prepare: () => lane, processBlock: () => undefined } },
    memoryOf: () => ({ memory }),
  } as unknown as Instance;
}

describe.each(GUESTS)('openLane() with %s', (path) => {
  it('processes in place what the list function processes by copy', async () => {
    const [one, other] = [await instanceOf(path), await instanceOf(path)];
    const lane = openLane(one, SETUP);
    const processor = other.exports['processor'] as {
      prepare(setup: LaneSetup): void;
      process(inputs: Float32Array[]): Float32Array[];
    };
    processor.prepare(SETUP);
    for (let block = 0; block < 20; block++) {
      const inputs = [0, 1].map((channel) =>
        Float32Array.from({ length: 128 }, (_, frame) => Math.sin((block * 128 + frame) / (7 + channel))),
      );
      for (const [channel, samples] of inputs.entries()) lane.inputs[channel]?.set(samples);
      lane.process(128);
      expect(lane.outputs.map((samples) => [...samples])).toEqual(
        processor.process(inputs).map((samples) => [...samples]),
      );
    }
  });

  it('makes the views anew when the memory has grown', async () => {
    const instance = await instanceOf(path);
    const lane = openLane(instance, SETUP);
    lane.inputs[0]?.fill(0.5);
    const before = lane.inputs[0];
    instance.memoryOf([REALTIME, 'prepare']).memory.grow(1);
    expect(before?.length).toBe(0);
    expect(lane.inputs[0]?.length).toBe(128);
    expect(lane.inputs[0]?.[127]).toBe(0.5);
    lane.process(128);
    expect(lane.outputs[1]?.length).toBe(128);
  });

  it('passes on why the plugin refuses a setup', async () => {
    const instance = await instanceOf(path);
    expect(() => openLane(instance, { ...SETUP, channels: 64 })).toThrow(
      expect.objectContaining({
        code: 'WP_GUEST',
        payload: expect.objectContaining({ tag: 'unsupported-setup' }) as unknown,
      }) as Error,
    );
    expect(openLane(instance, SETUP).maxFrames).toBe(128);
  });
});

describe('openLane() refuses', () => {
  it.each([
    ['sampleRateHz', 0],
    ['sampleRateHz', Number.POSITIVE_INFINITY],
    ['maxFrames', 0],
    ['maxFrames', 65_537],
    ['maxFrames', 1.5],
    ['channels', 0],
    ['channels', 65],
  ])('%s of %d', (key, value) => {
    const instance = liar({ inputs: [], outputs: [], maxFrames: 0 });
    expect(() => openLane(instance, { ...SETUP, [key]: value })).toThrow(
      new RegExp(`^Cannot open a realtime lane: "${key}" must be .*, it is ${value}$`),
    );
  });

  it('a plugin without the interface', () => {
    const instance = { exports: {}, memoryOf: () => undefined } as unknown as Instance;
    expect(() => openLane(instance, SETUP)).toThrow(`does not export "${REALTIME}"`);
  });

  it.each([
    ['too few buffers', { inputs: [0], outputs: [1024, 2048] }, '1 input buffers; 2 channels'],
    ['too many buffers', { inputs: [0, 512], outputs: [1024, 2048, 4096] }, '3 output buffers; 2 channels'],
    [
      'an odd address',
      { inputs: [0, 513], outputs: [1024, 2048] },
      'address 513, which is not a multiple of 4',
    ],
    [
      'an address outside',
      { inputs: [0, 512], outputs: [1024, 65_536] },
      'ends outside of the memory of 65536',
    ],
    ['a buffer across the end', { inputs: [0, 512], outputs: [1024, 65_028] }, 'ends outside of the memory'],
    ['the last address', { inputs: [0, 512], outputs: [1024, 0xffff_fffc] }, 'ends outside of the memory'],
    ['buffers that overlap', { inputs: [0, 508], outputs: [1024, 2048] }, 'overlap at address 508'],
    ['one buffer twice', { inputs: [0, 512], outputs: [1024, 512] }, 'overlap at address 512'],
    [
      'other frames',
      { inputs: [0, 512], outputs: [1024, 2048], maxFrames: 64 },
      'hold 64 frames; 128 were asked',
    ],
  ])('a guest that gives %s', (_, lane, reason) => {
    expect(() => openLane(liar({ maxFrames: 128, ...lane }), SETUP)).toThrow(
      expect.objectContaining({
        code: 'WP_ABI_MISMATCH',
        plugin: 'liar',
        message: expect.stringContaining(reason) as string,
      }) as Error,
    );
  });

  it('a block longer than it holds', () => {
    const lane = openLane(liar({ inputs: [0, 512], outputs: [1024, 1536], maxFrames: 128 }), SETUP);
    expect(() => lane.process(129)).toThrow('Cannot process 129 frames: the lane holds 128');
    expect(() => lane.process(Number.NaN)).toThrow(RangeError);
    lane.process(128);
  });
});
