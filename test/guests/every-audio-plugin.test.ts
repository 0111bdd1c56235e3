import { describe, expect, it } from 'vitest';
import { Random } from '../support/random.js';
import { payloadOf, run, startPlugin, tone, type RunningPlugin } from './audio-plugin.js';

/** Promises of the ABI for any audio plugin, checked for each one of the project. */
const PLUGINS = ['plugins-as/build/eq.wasm', 'plugins-rust/build/compressor.wasm'];
const SETUP = { sampleRateHz: 48_000, maxFrames: 128, channels: 2 };

describe.each(PLUGINS)('%s', (file) => {
  it('describes ports and parameters within the rules of the ABI', async () => {
    const { processor } = await startPlugin(file);
    const { ports, parameters } = processor.describe();
    expect(ports.map(({ direction }) => direction)).toEqual(['input', 'output']);
    expect(new Set(parameters.map(({ id }) => id)).size).toBe(parameters.length);
    for (const { id, name, min, max, default: value, flags, choices } of parameters) {
      expect(min, name).toBeLessThanOrEqual(max);
      expect(value, name).toBeGreaterThanOrEqual(min);
      expect(value, name).toBeLessThanOrEqual(max);
      expect(processor.getParameter(id), name).toBe(value);
      if (flags['logarithmic']) expect(min, name).toBeGreaterThan(0);
      if (choices.length > 0) expect(choices, name).toHaveLength(max - min + 1);
    }
  });

  it('sets each parameter within its range, and nothing beyond', async () => {
    const { processor } = await startPlugin(file);
    for (const { id, min, max, flags } of processor.describe().parameters) {
      const refused = [min - 1, max + 1, Number.NaN, Number.POSITIVE_INFINITY];
      for (const value of flags['readOnly'] ? [...refused, min, max] : refused) {
        const payload = payloadOf(() => processor.setParameter(id, value));
        expect(payload).toEqual({ tag: 'invalid-value', val: value });
      }
      if (flags['readOnly']) continue;
      for (const value of [min, max]) {
        processor.setParameter(id, value);
        expect(processor.getParameter(id)).toBe(value);
      }
    }
    expect(payloadOf(() => processor.setParameter(999, 0))).toEqual({ tag: 'unknown-parameter', val: 999 });
    expect(payloadOf(() => processor.getParameter(999))).toEqual({ tag: 'unknown-parameter', val: 999 });
  });

  it('refuses a setup it cannot work with, and keeps the earlier one', async () => {
    const { processor } = await startPlugin(file);
    processor.prepare(SETUP);
    for (const bad of [
      { ...SETUP, sampleRateHz: Number.NaN },
      { ...SETUP, maxFrames: 0 },
      { ...SETUP, maxFrames: 65_537 },
      { ...SETUP, channels: 0 },
      { ...SETUP, channels: 65 },
    ]) {
      expect(payloadOf(() => processor.prepare(bad))).toMatchObject({ tag: 'unsupported-setup' });
    }
    expect(processor.process([silence(128), silence(128)])).toHaveLength(2);
  });

  it('returns an empty list for a block of another shape, or when not prepared', async () => {
    const { processor } = await startPlugin(file);
    expect(processor.process([silence(1), silence(1)])).toEqual([]);
    processor.prepare(SETUP);
    expect(processor.process([])).toEqual([]);
    expect(processor.process([silence(128)])).toEqual([]);
    expect(processor.process([silence(128), silence(127)])).toEqual([]);
    expect(processor.process([silence(129), silence(129)])).toEqual([]);
    expect(processor.process([silence(0), silence(0)])).toEqual([silence(0), silence(0)]);
  });

  it('processes lists and the realtime lane alike', async () => {
    const [lists, lane] = await Promise.all([loud(file), loud(file)]);
    lists.processor.prepare(SETUP);
    const open = lane.lane(SETUP);
    const random = new Random(7);
    for (let block = 0; block < 50; block++) {
      const inputs = [0, 1].map(() => Float32Array.from({ length: 128 }, () => random.word() / 2 ** 31 - 1));
      for (const [channel, input] of inputs.entries()) open.inputs[channel]?.set(input);
      open.process(128);
      expect(lists.processor.process(inputs)).toEqual(open.outputs.map((output) => output.slice()));
    }
  });

  it('goes on bit for bit from a saved state', async () => {
    const [before, after] = await Promise.all([loud(file), loud(file)]);
    const lane = before.lane(SETUP);
    run(lane, 1000, { signal: tone(0.03) });
    const lane2 = after.lane(SETUP);
    after.state.restore(before.state.serialize(), before.state.schema(), '0.1.0');
    const signal = tone(0.03, 1000);
    expect(run(lane2, 5000, { signal })).toEqual(run(lane, 5000, { signal }));
    for (const { id } of before.processor.describe().parameters) {
      expect(after.processor.getParameter(id)).toBe(before.processor.getParameter(id));
    }
  });

  it('refuses a state that is cut short, of another schema, or made up, and stays as it was', async () => {
    const { state, processor, instance } = await loud(file);
    processor.prepare(SETUP);
    const saved = state.serialize();
    for (let length = 0; length < saved.length; length++) {
      expect(payloadOf(() => state.restore(saved.slice(0, length), 1, '0.1.0'))).toBeTypeOf('string');
    }
    expect(payloadOf(() => state.restore(saved, 2, '0.1.0'))).toContain('schema 2');
    expect(state.serialize()).toEqual(saved);
    const random = new Random(3);
    for (let round = 0; round < 2000; round++) {
      const damaged = saved.slice();
      for (let i = 0; i < 3; i++) damaged[random.below(damaged.length)] = random.below(256);
      try {
        state.restore(damaged, 1, '0.1.0');
      } catch (error) {
        expect((error as { payload: unknown }).payload).toBeTypeOf('string');
      }
      processor.process([new Float32Array(128).fill(0.5), new Float32Array(128).fill(0.5)]);
    }
    expect(instance.state).toBe('ready');
  });

  it('sounds again after input that is not a number', async () => {
    const plugin = await startPlugin(file);
    const lane = plugin.lane(SETUP);
    run(lane, 256, { signal: (_, channel) => (channel === 0 ? Number.NaN : Number.POSITIVE_INFINITY) });
    const out = run(lane, 48_000 * 10, { signal: (frame) => Math.sin(frame * 0.05) * 0.1 });
    expect(out.every((sample) => Number.isFinite(sample))).toBe(true);
    expect(Math.max(...out.slice(-1000))).toBeGreaterThan(0.05);
    plugin.lifecycle.health();
  });

  it('keeps its memory over many calls, and in the realtime lane never grows it', async () => {
    const { processor, state, instance, lane } = await loud(file);
    const once = () => {
      processor.process([silence(128), silence(128)]);
      processor.describe();
      state.restore(state.serialize(), 1, '0.1.0');
    };
    processor.prepare(SETUP);
    for (let i = 0; i < 500; i++) once();
    const { memoryBytes } = instance.usage();
    for (let i = 0; i < 5000; i++) once();
    expect(instance.usage().memoryBytes).toBe(memoryBytes);
    const open = lane(SETUP);
    for (let i = 0; i < 20_000; i++) open.process(128);
    expect(instance.usage().memoryBytes).toBe(memoryBytes);
  });

  it('takes settings by name, all or none', async () => {
    const { lifecycle, state, logs } = await startPlugin(file, [{ key: 'unknown', value: 'x' }]);
    expect(logs).toMatchObject([{ level: 'debug' }]);
    const before = state.serialize();
    const [good, bad] = file.includes('eq') ? ['output', 'band1.gain'] : ['makeup', 'ratio'];
    const payload = payloadOf(() =>
      lifecycle.configure([
        { key: good as string, value: '3' },
        { key: bad as string, value: '1000' },
      ]),
    );
    expect(payload).toContain(bad);
    expect(state.serialize()).toEqual(before);
    lifecycle.configure([{ key: good as string, value: '3.5' }]);
    expect(state.serialize()).not.toEqual(before);
  });
});

function silence(frames: number): Float32Array {
  return new Float32Array(frames);
}

/** A plugin with every parameter away from its default. */
async function loud(file: string): Promise<RunningPlugin> {
  const plugin = await startPlugin(file);
  for (const { id, min, max, flags, choices } of plugin.processor.describe().parameters) {
    if (flags['readOnly']) continue;
    const value = min + (max - min) * (0.3 + (id % 5) * 0.05);
    plugin.processor.setParameter(id, choices.length > 0 ? Math.round(value) : value);
  }
  return plugin;
}
