import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { PluginError, type Limits } from '@wasm-plugin/abi';
import { createEngine, type HostImports, type Instance } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';

type Guest = Record<string, (...args: unknown[]) => unknown>;

async function start(
  text: string,
  { limits = {}, imports = {} }: { limits?: Limits; imports?: HostImports } = {},
): Promise<{ instance: Instance; guest: Guest }> {
  const instance = (await createEngine({ limits, imports }).load(await parse(text))).instantiate();
  return { instance, guest: instance.exports as Guest };
}

function errorOf(run: () => unknown): PluginError {
  try {
    run();
  } catch (error) {
    if (PluginError.is(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('re-entrance through a host import, metered', () => {
  const TEXT = `
  (component
    (import "host" (func $host))
    (core func $core-host (canon lower (func $host)))
    (core module $m
      (import "h" "host" (func $host))
      (func (export "outer") (call $host) (loop (br 0)))
      (func (export "inner")))
    (core instance $i (instantiate $m (with "h" (instance (export "host" (func $core-host))))))
    (func (export "outer") (canon lift (core func $i "outer")))
    (func (export "inner") (canon lift (core func $i "inner"))))`;

  it('is refused, though the host swallows the refusal, and gives no new fuel', async () => {
    const seen: unknown[] = [];
    const again = (): void => {
      for (let left = 100; left > 0; left--) {
        try {
          guest['inner']?.();
        } catch (error) {
          seen.push(error);
        }
      }
    };
    const { instance, guest } = await start(TEXT, { limits: { fuel: 1000 }, imports: { host: again } });
    expect(errorOf(() => guest['outer']?.())).toMatchObject({ code: 'WP_QUOTA_FUEL', used: 1000 });
    expect(seen).toHaveLength(100);
    expect(instance.usage().fuel).toBe(1000);
  });

  it('into another instance leaves each with its own fuel', async () => {
    const engine = createEngine({ limits: { fuel: 1000 } });
    const plugin = await engine.load(await parse(TEXT));
    const second = plugin.instantiate({ imports: { host: () => undefined } });
    const first = plugin.instantiate({ imports: { host: () => (second.exports as Guest)['inner']?.() } });
    expect(errorOf(() => (first.exports as Guest)['outer']?.())).toMatchObject({ code: 'WP_QUOTA_FUEL' });
    expect(second.state).toBe('ready');
    expect(second.usage().fuel).toBeLessThan(10);
  });
});

describe('memory and table bombs', () => {
  const memories = (count: number, body: string): string => `
  (component
    ${Array.from(
      { length: count },
      (_, at) => `
      (core module $m${at} (memory 1) (table 1 funcref) (func (export "grow") (param i32) (result i32) ${body}))
      (core instance $i${at} (instantiate $m${at}))
      (func (export "grow${at}") (param "by" u32) (result s32) (canon lift (core func $i${at} "grow")))`,
    ).join('')})`;
  const grow = '(memory.grow (local.get 0))';
  const growTable = '(table.grow (ref.null func) (local.get 0))';

  it('share one budget over several memories', async () => {
    const { instance, guest } = await start(memories(8, grow), { limits: { memoryBytes: '1 MiB' } });
    let grown = 0;
    for (let round = 0; round < 20; round++) {
      for (let at = 0; at < 8; at++) if (guest[`grow${at}`]?.(1) !== -1) grown++;
    }
    expect(grown).toBe(16 - 8);
    expect(guest['grow0']?.(0xffffffff)).toBe(-1);
    expect(instance.usage().memoryBytes).toBe(2 ** 20);
  });

  it('share one budget over several tables', async () => {
    const { instance, guest } = await start(memories(4, growTable), { limits: { tableElements: 100 } });
    const results = [0, 1, 2, 3].map((at) => guest[`grow${at}`]?.(40));
    expect(results).toEqual([1, 1, -1, -1]);
    expect(instance.usage().tableElements).toBe(84);
  });

  it('are refused at load where they start too large', async () => {
    for (const [item, code] of [
      ['(table 10000001 funcref)', 'WP_QUOTA_TABLE'],
      ['(memory 32768)', 'WP_QUOTA_MEMORY'],
    ]) {
      const bytes = await parse(`(component (core module ${item}))`);
      await expect(createEngine().load(bytes)).rejects.toMatchObject({ code });
    }
  });

  it('are counted each time a module is instantiated', async () => {
    const text = `(component (core module $m (memory 100 100))
      ${'(core instance (instantiate $m))'.repeat(20)})`;
    const engine = createEngine({ limits: { memoryBytes: '64 MiB' } });
    await expect((async () => (await engine.load(await parse(text))).instantiate())()).rejects.toMatchObject({
      code: 'WP_QUOTA_MEMORY',
    });
  });

  it('share one budget where one module is instantiated twice', async () => {
    const text = `(component (core module $m (memory 1)
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
      (core instance $a (instantiate $m)) (core instance $b (instantiate $m))
      (func (export "a") (param "by" u32) (result s32) (canon lift (core func $a "grow")))
      (func (export "b") (param "by" u32) (result s32) (canon lift (core func $b "grow"))))`;
    const { instance, guest } = await start(text, { limits: { memoryBytes: '1 MiB' } });
    expect([guest['a']?.(10), guest['b']?.(10), guest['b']?.(4)]).toEqual([1, -1, 1]);
    expect(instance.usage().memoryBytes).toBe(2 ** 20);
  });

  it('cannot hide behind an alias', async () => {
    const text = `(component
      (core module $m (memory 100 100))
      (component $inner (alias outer 1 $m (core module $n)) ${'(core instance (instantiate $n))'.repeat(20)})
      (instance (instantiate $inner)))`;
    const engine = createEngine({ limits: { memoryBytes: '64 MiB' } });
    const plugin = await engine.load(await parse(text));
    expect(errorOf(() => plugin.instantiate())).toMatchObject({ code: 'WP_QUOTA_MEMORY' });
  });
});

describe('handle leaks', () => {
  it('end at the limit, also where each call leaks a few', async () => {
    const { instance, guest } = await start(
      `(component
        (type $r (resource (rep i32)))
        (core func $new (canon resource.new $r))
        (core module $m (import "r" "new" (func $new (param i32) (result i32)))
          (func (export "leak") (drop (call $new (i32.const 1))) (drop (call $new (i32.const 2)))))
        (core instance $i (instantiate $m (with "r" (instance (export "new" (func $new))))))
        (func (export "leak") (canon lift (core func $i "leak"))))`,
      { limits: { handles: 7 } },
    );
    for (let call = 0; call < 3; call++) guest['leak']?.();
    expect(instance.usage().handles).toBe(6);
    expect(errorOf(() => guest['leak']?.())).toMatchObject({ code: 'WP_QUOTA_HANDLES', allowed: 7 });
    expect(instance.state).toBe('dead');
  });
});

describe('a start function that loops', () => {
  const TEXT =
    '(component (core module $m (func $s (loop (br 0))) (start $s)) (core instance (instantiate $m)))';

  it.each([
    [{ timeMs: 20 }, 'WP_QUOTA_TIME'],
    [{ wallMs: 20 }, 'WP_QUOTA_WALL'],
    [{ fuel: 1000 }, 'WP_QUOTA_FUEL'],
  ] as const)('is ended by %j when it is instantiated', async (limits, code) => {
    const plugin = await createEngine({ limits }).load(await parse(TEXT));
    const error = errorOf(() => plugin.instantiate());
    expect(error).toMatchObject({ code });
    expect(error.trace[0]).toMatchObject({ function: 's' });
  });
});

describe('catch_all around a call that runs out of fuel', () => {
  const CATCHER = `
    (component
      (component $outer
        (core module $m (func (export "spin") (loop (br 0))))
        (core instance $i (instantiate $m))
        (func (export "spin") (canon lift (core func $i "spin"))))
      (component $inner
        (import "spin" (func $spin))
        (core func $core-spin (canon lower (func $spin)))
        (core module $m
          (import "a" "spin" (func $spin))
          (func (export "run") (result i32)
            (block (call $spin) (nop))
            (i32.const 1)))
        (core instance $i (instantiate $m (with "a" (instance (export "spin" (func $core-spin))))))
        (func (export "run") (result u32) (canon lift (core func $i "run"))))
      (instance $outer (instantiate $outer))
      (alias export $outer "spin" (func $spin))
      (instance $inner (instantiate $inner (with "spin" (func $spin))))
      (alias export $inner "run" (func $run))
      (export "run" (func $run)))`;

  it.each([
    [{ fuel: 10_000 }, 'WP_QUOTA_FUEL'],
    [{ timeMs: 20 }, 'WP_QUOTA_TIME'],
  ] as const)('across components catches nothing: %j', async (limits, code) => {
    const bytes = withCatchAll(await parse(CATCHER));
    const instance = (await createEngine({ limits }).load(bytes)).instantiate();
    const guest = instance.exports as Guest;
    const error = errorOf(() => guest['run']?.());
    expect(error).toMatchObject({ code });
    expect(instance.state).toBe('dead');
    expect(errorOf(() => guest['run']?.())).toBe(error);
  });
});

/** Turns the only `block … nop end` around a call into `try … catch_all end`, which no text format writes any more. */
function withCatchAll(bytes: Uint8Array): Uint8Array {
  const at = Buffer.from(bytes).indexOf(Buffer.from([0x02, 0x40, 0x10, 0x00, 0x01, 0x0b]));
  expect(at).toBeGreaterThan(0);
  const patched = new Uint8Array(bytes);
  patched[at] = 0x06;
  patched[at + 4] = 0x19;
  return patched;
}

describe('small files that mean much work', () => {
  it('that double their instances at each level are refused in time', async () => {
    const depth = 30;
    let text = '(component $c0 (core module $m (memory 0 1)) (core instance (instantiate $m)))';
    for (let level = 1; level <= depth; level++) {
      text = `(component $c${level} ${text} (instance (instantiate $c${level - 1})) (instance (instantiate $c${level - 1})))`;
    }
    const plugin = await createEngine({ limits: { fuel: 1e6 } })
      .load(await parse(text))
      .catch((error: unknown) => error as PluginError);
    if (!PluginError.is(plugin))
      expect(errorOf(() => plugin.instantiate())).toMatchObject({ code: 'WP_QUOTA_LINK' });
  });

  it('that consist of loops are metered in time and space', async () => {
    const loops = '(loop (br_if 0 (local.get 0)))'.repeat(50_000);
    const bytes = await parse(`(component (core module (func (export "f") (param i32) ${loops})))`);
    const before = process.memoryUsage().rss;
    const plugin = await createEngine({ limits: { fuel: 1e6 } }).load(bytes);
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 30);
    expect(plugin.size).toBeLessThan(600_000);
  });
});
