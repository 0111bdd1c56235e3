import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_LIMITS, type CarrierInstance } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import {
  library,
  scanLibraries,
  type LibraryInstance,
  type LibraryOptions,
} from '@wasm-plugin/native-bridge';
import { afterEach, describe, expect, it } from 'vitest';

const CLAP = '/usr/lib/clap';
const LADSPA = '/usr/lib/ladspa';
const missing = existsSync(join(CLAP, 'ZamComp.clap'))
  ? undefined
  : 'no CLAP plugins: install the package zam-plugins';
const TWINS = ['ZamComp', 'ZamEQ2', 'ZamGEQ31', 'ZamTube', 'ZamDelay', 'ZamGate'];
const FRAMES = 128;
const open: CarrierInstance[] = [];

interface Described {
  ports: { direction: string; channels: number }[];
  parameters: {
    id: number;
    name: string;
    min: number;
    max: number;
    default: number;
    flags: { readOnly: boolean };
  }[];
}

interface Exports {
  processor: {
    describe(): Described;
    setParameter(id: number, value: number): void;
    getParameter(id: number): number;
  };
  state: { serialize(): Uint8Array; restore(state: Uint8Array, schema: number, version: string): void };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((instance) => instance.close()));
});

async function start(
  path: string,
  options: LibraryOptions = {},
): Promise<{ instance: LibraryInstance } & Exports> {
  const files = memoryFiles({ plugin: readFileSync(path) });
  const plugin = await library(options).load(
    { id: 'acme.clap', version: '1.0.0', entry: 'plugin', files },
    { limits: DEFAULT_LIMITS },
  );
  const instance = (await plugin.instantiate({ imports: {} })) as LibraryInstance;
  open.push(instance);
  return { instance, ...(instance.exports as unknown as Exports) };
}

function channelsOf({ ports }: Described): number {
  const sum = (wanted: string): number =>
    ports.filter(({ direction }) => direction === wanted).reduce((all, { channels }) => all + channels, 0);
  return Math.max(sum('input'), sum('output'));
}

describe.skipIf(missing !== undefined)(`CLAP${missing === undefined ? '' : `: ${missing}`}`, () => {
  it('lists what is in every library', { timeout: 120_000 }, async () => {
    const paths = readdirSync(CLAP)
      .filter((name) => name.endsWith('.clap'))
      .map((name) => join(CLAP, name));
    for (const verdict of (await scanLibraries(paths)).values())
      expect(verdict).toEqual({ format: 'clap', plugins: [expect.any(String)] });
  });

  it.each(TWINS)('%s sounds the same as CLAP and as LADSPA', async (name) => {
    const both = [
      await start(join(CLAP, `${name}.clap`)),
      await start(join(LADSPA, `${name}-ladspa.so`)),
    ] as const;
    const [clap, ladspa] = both.map(({ processor }) => processor.describe()) as [Described, Described];
    const channels = channelsOf(ladspa);
    expect(channelsOf(clap)).toBe(channels);
    const lanes = both.map(({ instance }) =>
      instance.openLane({ sampleRateHz: 48_000, maxFrames: FRAMES, channels }),
    );
    const pairs = clap.parameters
      .filter(({ flags }) => !flags.readOnly)
      .map((parameter, index) => ({
        parameter,
        twin: ladspa.parameters.filter(({ flags }) => !flags.readOnly)[index],
      }));
    for (const { parameter, twin } of pairs) {
      const value = Math.fround(parameter.default);
      both[0].processor.setParameter(parameter.id, value);
      if (twin !== undefined)
        both[1].processor.setParameter(twin.id, Math.min(twin.max, Math.max(twin.min, value)));
    }
    let seed = 1;
    let most = 0;
    let peak = 0;
    for (let block = 0; block < 375; block++) {
      for (let channel = 0; channel < channels; channel++) {
        for (let at = 0; at < FRAMES; at++) {
          seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
          for (const lane of lanes) (lane.inputs[channel] as Float32Array)[at] = seed / 2 ** 33;
        }
      }
      for (const lane of lanes) lane.process(FRAMES);
      for (let at = 0; at < FRAMES; at++) {
        const [left = NaN, right = NaN] = lanes.map((lane) => lane.outputs[0]?.[at]);
        most = Math.max(most, Math.abs(left - right));
        peak = Math.max(peak, Math.abs(left));
      }
    }
    expect(peak).toBeGreaterThan(0);
    expect(most).toBe(0);
  });

  it('carries a state, and sets parameters in their range alone', async () => {
    const [first, second] = [
      await start(join(CLAP, 'ZamComp.clap')),
      await start(join(CLAP, 'ZamComp.clap')),
    ];
    const parameter = first.processor.describe().parameters[0] as Described['parameters'][0];
    const value = (parameter.min + parameter.max) / 2;
    first.processor.setParameter(parameter.id, value);
    second.state.restore(first.state.serialize(), 1, '1.0.0');
    expect(second.processor.getParameter(parameter.id)).toBeCloseTo(value, 4);
    expect(() => first.processor.setParameter(parameter.id, parameter.max + 1)).toThrow(
      expect.objectContaining({ code: 'WP_GUEST' }),
    );
  });

  it('contains one that crashes as it is destroyed, and says so', async () => {
    const farewells: Error[] = [];
    const { instance, processor } = await start(join(CLAP, 'ZaMaximX2.clap'), {
      onFarewell: (error) => farewells.push(error),
    });
    const channels = channelsOf(processor.describe());
    instance.openLane({ sampleRateHz: 48_000, maxFrames: FRAMES, channels }).process(FRAMES);
    await instance.close();
    expect(instance.state).toBe('closed');
    expect(farewells).toEqual([
      expect.objectContaining({ code: 'WP_BRIDGE', message: expect.stringContaining('SIGSEGV') }),
    ]);
  });
});
