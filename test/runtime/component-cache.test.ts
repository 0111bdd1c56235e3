import { describe, expect, it } from 'vitest';
import { createEngine } from '@wasm-plugin/engine';
import { ComponentCache, equalBytes, type CompiledComponent } from '#internals';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';

const bytesOf = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** Compiles nothing, and counts its calls. */
function compiler(): { compile: (bytes: Uint8Array) => Promise<CompiledComponent>; count: number } {
  const made = {
    count: 0,
    compile: async (bytes: Uint8Array): Promise<CompiledComponent> => {
      made.count++;
      return { size: bytes.length } as CompiledComponent;
    },
  };
  return made;
}

describe('ComponentCache', () => {
  it('compiles equal bytes once, also when both loads begin at once', async () => {
    const cache = new ComponentCache(100, (length) => length);
    const made = compiler();
    const [first, second] = await Promise.all([
      cache.get(bytesOf(1, 2, 3), { variant: '', compile: made.compile }),
      cache.get(bytesOf(1, 2, 3), { variant: '', compile: made.compile }),
    ]);
    expect(second).toBe(first);
    expect(await cache.get(bytesOf(1, 2, 3), { variant: '', compile: made.compile })).toBe(first);
    expect(made.count).toBe(1);
  });

  it('keeps other bytes, and other variants of the same bytes, apart', async () => {
    const cache = new ComponentCache(100, (length) => length);
    const made = compiler();
    await cache.get(bytesOf(1, 2, 3), { variant: 'a', compile: made.compile });
    await cache.get(bytesOf(1, 2, 4), { variant: 'a', compile: made.compile });
    await cache.get(bytesOf(1, 2, 3), { variant: 'b', compile: made.compile });
    expect(made.count).toBe(3);
  });

  it('does not see what happens to the bytes afterwards', async () => {
    const cache = new ComponentCache(100, (length) => length);
    const made = compiler();
    const bytes = bytesOf(1, 2, 3);
    const loading = cache.get(bytes, { variant: '', compile: made.compile });
    bytes[0] = 9;
    await loading;
    await cache.get(bytesOf(1, 2, 3), { variant: '', compile: made.compile });
    expect(made.count).toBe(1);
    await cache.get(bytes, { variant: '', compile: made.compile });
    expect(made.count).toBe(2);
  });

  it('forgets what was used least recently once it is full', async () => {
    const cache = new ComponentCache(4, (length) => length);
    const made = compiler();
    const get = (value: number): Promise<CompiledComponent> =>
      cache.get(bytesOf(value, value), { variant: '', compile: made.compile });
    await get(1);
    await get(2);
    await get(1);
    await get(3);
    expect(made.count).toBe(3);
    await get(1);
    expect(made.count).toBe(3);
    await get(2);
    expect(made.count).toBe(4);
  });

  it('counts what a binary becomes: many small ones are not many for nothing', async () => {
    const cache = new ComponentCache(2 ** 20);
    let compilations = 0;
    const compile = (): Promise<never> => Promise.resolve(++compilations as never);
    const load = (each: number): Promise<unknown> => cache.get(Uint8Array.of(each), { variant: '', compile });
    for (let each = 0; each < 20; each++) await load(each);
    await load(19);
    expect(compilations).toBe(20);
    await load(0);
    expect(compilations).toBe(21);
  });

  it('holds nothing that is larger than itself', async () => {
    const cache = new ComponentCache(2, (length) => length);
    const made = compiler();
    await cache.get(bytesOf(1, 2, 3), { variant: '', compile: made.compile });
    await cache.get(bytesOf(1, 2, 3), { variant: '', compile: made.compile });
    expect(made.count).toBe(2);
  });

  it('does not keep a failure, and lets each load fail by itself', async () => {
    const cache = new ComponentCache(100, (length) => length);
    const failing = (reason: string) => async (): Promise<CompiledComponent> => {
      throw new Error(reason);
    };
    const results = await Promise.allSettled([
      cache.get(bytesOf(1), { variant: '', compile: failing('first') }),
      cache.get(bytesOf(1), { variant: '', compile: failing('second') }),
    ]);
    expect(results.map((result) => (result as PromiseRejectedResult).reason.message)).toEqual([
      'first',
      'second',
    ]);
    const made = compiler();
    await cache.get(bytesOf(1), { variant: '', compile: made.compile });
    expect(made.count).toBe(1);
  });
});

describe('equalBytes()', () => {
  it('finds a difference wherever it is, however the arrays lie in memory', () => {
    const base = Uint8Array.from({ length: 23 }, (_, index) => index);
    for (const offset of [0, 1, 4]) {
      const other = new Uint8Array(new ArrayBuffer(40), offset, base.length);
      other.set(base);
      expect(equalBytes(base, other)).toBe(true);
      for (let index = 0; index < other.length; index++) {
        other[index] = 255;
        expect(equalBytes(base, other)).toBe(false);
        other.set(base);
      }
    }
    expect(equalBytes(base, base.subarray(1))).toBe(false);
  });
});

describe('createEngine().load()', () => {
  it('gives each load a plugin of its own, also when the component comes from the cache', async () => {
    const bytes = await parse('(component (core module))');
    const engine = createEngine();
    const first = await engine.load(bytes, { name: 'first' });
    const second = await engine.load(bytes, { name: 'second', limits: { instances: 1 } });
    const third = await engine.load(bytes, { name: 'third' });
    expect([first.name, second.name, third.name]).toEqual(['first', 'second', 'third']);
    expect([first.limits.instances, second.limits.instances]).toEqual([10_000, 1]);
    first.instantiate();
    expect(third.instantiate().plugin).toBe('third');
  });

  it('refuses the same bytes each time', async () => {
    const engine = createEngine();
    const load = (): Promise<unknown> => engine.load(bytesOf(1, 2, 3));
    await expect(load()).rejects.toMatchObject({ code: 'WP_MODULE_MALFORMED' });
    await expect(load()).rejects.toMatchObject({ code: 'WP_MODULE_MALFORMED' });
  });
});
