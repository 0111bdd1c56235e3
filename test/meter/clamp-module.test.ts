import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { clampModule } from '../../engine/src/meter/clamp-module.js';
import { atOnce } from '../../engine/src/meter/pieces.js';

const clamped = async (text: string) => clampModule(await parse(`(module ${text})`));

describe('clampModule()', () => {
  it('reads the sizes of what the module defines', async () => {
    const { memories, tables, forwardsOnly } =
      await clamped(`(import "" "m" (memory 100)) (memory 1) (memory 2 2)
      (table 3 9 funcref) (table 4 4 funcref)`);
    expect({ memories, tables, forwardsOnly }).toEqual({
      memories: { least: 3, growable: 1 },
      tables: { least: 7, growable: 1 },
      forwardsOnly: true,
    });
    expect((await clamped('(func (loop (br 0)))')).forwardsOnly).toBe(false);
  });

  it('lowers the maxima, and leaves the code alone', async () => {
    const { bytes, sizes } = (
      await clamped('(memory 1) (func (export "f") (param i32) (result i32) (memory.grow (local.get 0)))')
    ).clamp({ memoryPages: 3 });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    const f = exports['f'] as (pages: number) => number;
    expect([f(3), f(2), f(1)]).toEqual([-1, 1, -1]);
    expect((exports[sizes.memories[0] as string] as WebAssembly.Memory).buffer.byteLength).toBe(3 * 65_536);
  });

  it('meters the module that it decoded', async () => {
    const { stats } = atOnce((await clamped('(func (export "f"))')).meter({}));
    expect(stats).toMatchObject({ functions: 1 });
  });

  it('refuses what no limit bounds', async () => {
    await expect(clamped('(memory 1 1 shared)')).rejects.toThrow(
      expect.objectContaining({ code: 'WP_MODULE_UNSUPPORTED' }),
    );
    const gc = await parse('(module (type (struct)))');
    expect(() => clampModule(gc)).toThrow('WebAssembly GC');
    expect(() => clampModule(gc, { unboundedHeap: true })).not.toThrow();
  });
});
