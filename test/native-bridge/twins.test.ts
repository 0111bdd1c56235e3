import { readFileSync } from 'node:fs';
import { DEFAULT_LIMITS, type CarrierInstance } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { createEngine } from '@wasm-plugin/engine';
import { library } from '@wasm-plugin/native-bridge';
import { afterEach, describe, expect, it } from 'vitest';
import { compileCompressor, compileEqualizer, missingCompiler, missingRust } from './compile-c.js';

interface Plugin {
  state: {
    schema(): number;
    serialize(): Uint8Array;
    restore(state: Uint8Array, schema: number, version: string): void;
  };
  processor: {
    describe(): object;
    prepare(setup: object): void;
    process(inputs: Float32Array[]): Float32Array[];
    setParameter(id: number, value: number): void;
  };
}

const SETUP = { sampleRateHz: 48_000, maxFrames: 256, channels: 2 };
const IMPORTS = { 'wasm-plugin:abi/log@0.1.0': { log: () => undefined } };
const noCompiler = missingCompiler();

const TWINS = [
  {
    name: 'the equalizer, in C',
    missing: noCompiler,
    wasm: 'plugins-as/build/eq.wasm',
    compile: compileEqualizer,
    // Every type of filter, glides, fades, and the output gain.
    moves: [
      [2, 6],
      [9, 900],
      [10, -9],
      [16, 5],
      [24, 4],
      [33, 2500],
      [34, 12],
      [35, 4],
      [40, 6],
      [64, -3],
      [8, 7],
    ],
    /** Bit-exact with glibc 2.36: the two libraries of `exp`, `log`, `pow`, `sin`, `cos` agree. Another one may differ in the last bit. */
    residualDb: -120,
  },
  {
    name: 'the compressor, in Rust',
    missing: noCompiler === undefined ? missingRust() : noCompiler,
    wasm: 'plugins-rust/build/compressor.wasm',
    compile: compileCompressor,
    moves: [
      [0, -40],
      [1, 8],
      [2, 1],
      [3, 60],
      [4, 12],
      [5, 9],
      [0, -20],
    ],
    /** -132 dBFS with glibc 2.36: its `expf` and `logf` differ from those that Rust has for WebAssembly in the last bit. */
    residualDb: -120,
  },
] as const;

const open: CarrierInstance[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((instance) => instance.close()));
});

async function startBoth(wasm: string, bytes: Uint8Array): Promise<[Plugin, Plugin]> {
  const component = await createEngine().load(readFileSync(new URL(`../../${wasm}`, import.meta.url)));
  const source = { id: 'twin', version: '1.0.0', entry: 'twin.so', files: memoryFiles({ 'twin.so': bytes }) };
  const native = await library().load(source, { limits: DEFAULT_LIMITS });
  const instances = [
    component.instantiate({ imports: IMPORTS }),
    await native.instantiate({ imports: IMPORTS }),
  ];
  open.push(...instances);
  return instances.map(({ exports }) => exports as unknown as Plugin) as [Plugin, Plugin];
}

/** Noise of -6 dBFS with pauses, the same each time. */
function noise(): (frames: number) => Float32Array {
  let seed = 1;
  let at = 0;
  return (frames) =>
    Float32Array.from({ length: frames }, () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
      return ++at % 9000 < 6000 ? seed / 2 ** 32 : 0;
    });
}

function residualDb(
  blocks: number,
  [wasm, native]: [Plugin, Plugin],
  moves: readonly (readonly [number, number])[],
): number {
  const [left, right] = [noise(), noise()];
  let most = 0;
  let changed = false;
  for (let block = 0; block < blocks; block++) {
    const move = block % 20 === 10 ? moves[Math.floor(block / 20) % moves.length] : undefined;
    if (move !== undefined)
      for (const { processor } of [wasm, native]) processor.setParameter(...(move as [number, number]));
    const frames = [256, 64, 1, 100, 255][block % 5] as number;
    const inputs = [left(frames), right(frames)];
    const wanted = wasm.processor.process(inputs);
    const found = native.processor.process(inputs);
    for (const [channel, samples] of wanted.entries())
      for (const [index, sample] of samples.entries()) {
        most = Math.max(most, Math.abs(sample - (found[channel]?.[index] ?? NaN)));
        changed ||= sample !== 0 && sample !== inputs[channel]?.[index];
      }
  }
  // Two that do nothing would agree as well.
  expect(changed).toBe(true);
  return 20 * Math.log10(most);
}

describe.each(TWINS)('$name', ({ missing, wasm, compile, moves, residualDb: allowed }) => {
  it.skipIf(missing !== undefined)(
    `sounds as its WebAssembly twin, and each restores the other's state${missing === undefined ? '' : `: ${missing}`}`,
    async () => {
      const plugins = await startBoth(wasm, compile());
      const [component, native] = plugins;
      expect(native.processor.describe()).toEqual(component.processor.describe());
      for (const { processor } of plugins) processor.prepare(SETUP);
      const found = residualDb(300, plugins, moves);
      expect(found).toBeLessThanOrEqual(allowed);
      const [ofComponent, ofNative] = plugins.map(({ state }) => state.serialize());
      expect(ofNative?.length).toBe(ofComponent?.length);
      native.state.restore(ofComponent as Uint8Array, component.state.schema(), '1.0.0');
      component.state.restore(ofNative as Uint8Array, native.state.schema(), '1.0.0');
      expect(residualDb(20, plugins, moves)).toBeLessThanOrEqual(allowed);
    },
  );
});
