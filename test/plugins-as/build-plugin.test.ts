import { join } from 'node:path';
import { buildPlugin, type BuildPluginOptions } from '@wasm-plugin/as';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { folderWith } from './folder.js';

const WIT = `package test:small;

interface text {
  shout: func(x: string) -> string;
  churn: func(times: u32) -> u32;
  at: func(numbers: list<u32>, index: u32) -> u32;
}

world small {
  record point { x: f32, y: f32 }
  import now: func() -> u64;
  export mirror: func(p: point) -> point;
  export later: func(by: u64) -> u64;
  export text;
}
`;

const SOURCES = {
  'wit/small.wit': WIT,
  'assembly/index.ts': `import { now, Point } from './bindings/world';
import * as text from './text';

export { text };

export function mirror(p: Point): Point {
  return new Point(p.y, p.x);
}

export function later(by: u64): u64 {
  return now() + by;
}
`,
  'assembly/text.ts': `export function shout(x: string): string {
  return x.toUpperCase() + '!';
}

/** Makes garbage that no argument or result tells of. */
export function churn(times: u32): u32 {
  let sum = 0;
  for (let i: u32 = 0; i < times; i++) sum += i.toString().length;
  return sum;
}

export function at(list: StaticArray<u32>, index: u32): u32 {
  return list[index];
}
`,
};

interface Small {
  text: {
    shout(x: string): string;
    churn(times: number): number;
    at(list: Uint32Array, index: number): number;
  };
  mirror(p: { x: number; y: number }): { x: number; y: number };
  later(by: bigint): bigint;
}

function optionsFor(files: Record<string, string>): BuildPluginOptions {
  const folder = folderWith(files);
  return { entry: join(folder, 'assembly/index.ts'), wit: join(folder, 'wit'), world: 'small' };
}

async function started(): Promise<{ exports: Small; instance: Instance }> {
  const engine = createEngine({ imports: { now: () => 40n } });
  const plugin = await engine.load(await buildPlugin(optionsFor(SOURCES)));
  const instance = plugin.instantiate();
  return { exports: instance.exports as unknown as Small, instance };
}

describe('buildPlugin()', () => {
  it('builds functions of interfaces and of the world itself', async () => {
    const { exports } = await started();
    expect(exports.text.shout('grüße, 𝄞')).toBe('GRÜSSE, 𝄞!');
    expect(exports.mirror({ x: 1, y: 2 })).toEqual({ x: 2, y: 1 });
    expect(exports.later(2n)).toBe(42n);
  });

  it('collects garbage between calls, also of functions that pass numbers only', async () => {
    const { exports, instance } = await started();
    for (let i = 0; i < 100; i++) exports.text.churn(100);
    const { memoryBytes } = instance.usage();
    for (let i = 0; i < 20_000; i++) exports.text.churn(100);
    for (let i = 0; i < 20_000; i++) exports.text.shout('again');
    expect(instance.usage().memoryBytes).toBe(memoryBytes);
  });

  it('ends a broken promise as a trap', async () => {
    const { exports, instance } = await started();
    expect(exports.text.at(Uint32Array.of(1, 2, 3), 2)).toBe(3);
    expect(() => exports.text.at(Uint32Array.of(1, 2, 3), 3)).toThrow(
      expect.objectContaining({ code: 'WP_TRAP' }),
    );
    expect(instance.state).toBe('dead');
  });

  it('gives the same bytes from the same sources, wherever they are', async () => {
    const [first, second] = [await buildPlugin(optionsFor(SOURCES)), await buildPlugin(optionsFor(SOURCES))];
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it('shows what the compiler says, with file and line', async () => {
    const broken = {
      ...SOURCES,
      'assembly/text.ts': SOURCES['assembly/text.ts'].replace('list[index]', 'lost'),
    };
    const building = buildPlugin(optionsFor(broken));
    await expect(building).rejects.toThrow(/Cannot find name 'lost'[^]*text\.ts\(13,/);
  });

  it('says which function of the world the plugin lacks', async () => {
    const without = {
      ...SOURCES,
      'assembly/text.ts': SOURCES['assembly/text.ts'].replaceAll('shout', 'whisper'),
    };
    await expect(buildPlugin(optionsFor(without))).rejects.toThrow('shout');
  });

  it('says what is wrong with the WIT', async () => {
    await expect(buildPlugin(optionsFor({ ...SOURCES, 'wit/small.wit': `${WIT}?` }))).rejects.toThrow(
      /^Cannot encode "test:small": .*small\.wit:16:1: unexpected character '\?'$/,
    );
    await expect(buildPlugin({ ...optionsFor(SOURCES), world: 'large' })).rejects.toThrow('large');
  });
});

describe('a gain plugin', () => {
  it('is at most 4,096 bytes', async () => {
    const folder = folderWith({
      'wit/gain.wit':
        'package acme:gain@0.1.0; world gain { export process: func(samples: list<f32>, gain: f32) -> list<f32>; }',
      'assembly/index.ts': `export function process(samples: StaticArray<f32>, gain: f32): StaticArray<f32> {
  for (let i = 0; i < samples.length; i++) samples[i] *= gain;
  return samples;
}
`,
    });
    const bytes = await buildPlugin({
      entry: join(folder, 'assembly/index.ts'),
      wit: join(folder, 'wit'),
      world: 'gain',
    });
    expect(bytes.length).toBeLessThanOrEqual(4096);
    const { process } = (await createEngine().load(bytes)).instantiate().exports as unknown as {
      process(samples: Float32Array, gain: number): Float32Array;
    };
    expect(process(Float32Array.of(1, -2), 0.5)).toEqual(Float32Array.of(0.5, -1));
  });
});
