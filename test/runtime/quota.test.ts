import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import { PluginError, type Limits } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';
import { quotaOf } from '../support/quota-of.js';

const GUEST = `
(component
  (import "pause" (func $pause))
  (core func $core-pause (canon lower (func $pause)))
  (core module $m
    (import "host" "pause" (func $pause))
    (memory 1)
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "spin") (loop (br 0)))
    (func $deep (export "recurse") (call $deep) (call $deep))
    (func (export "fill") (loop (memory.fill (i32.const 0) (i32.const 1) (i32.const 65536)) (br 0)))
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "wait") (call $pause) (call $burn))
    (func $burn (local i32) (loop
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (br_if 0 (i32.lt_u (local.get 0) (i32.const 1000000)))))
  )
  (core instance $i (instantiate $m (with "host" (instance (export "pause" (func $core-pause))))))
  (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add")))
  (func (export "spin") (canon lift (core func $i "spin")))
  (func (export "recurse") (canon lift (core func $i "recurse")))
  (func (export "fill") (canon lift (core func $i "fill")))
  (func (export "grow") (param "pages" u32) (result s32) (canon lift (core func $i "grow")))
  (func (export "wait") (canon lift (core func $i "wait")))
)`;

/** Two core instances that call each other through a shim, and a lowered import that the first one calls on the way. */
const SEVERAL = `
(component
  (core module $shim
    (type $f (func (param i32)))
    (table (export "t") 1 funcref)
    (func (export "f") (type $f) (call_indirect (type $f) (local.get 0) (i32.const 0))))
  (core instance $shim (instantiate $shim))
  (core module $pong
    (type $f (func (param i32)))
    (import "" "f" (func $shim (type $f)))
    (func (export "f") (type $f)
      (call $shim (i32.sub (local.get 0) (i32.const 1)))))
  (core instance $pong (instantiate $pong (with "" (instance $shim))))
  (core module $ping
    (type $f (func (param i32)))
    (import "" "pong" (func $pong (type $f)))
    (import "" "t" (table 1 funcref))
    (elem (i32.const 0) $ping)
    (memory (export "m") 1)
    (data (i32.const 16) "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
    (func $ping (type $f) (if (local.get 0) (then (call $inner (local.get 0)))))
    (func $inner (type $f) (call $pong (local.get 0)) (drop (call $text)))
    (func $text (result i32) (i32.store (i32.const 0) (i32.const 16)) (i32.store (i32.const 4) (i32.const 40)) i32.const 0)
    (func (export "ping") (param i32) (result i32) (call $ping (local.get 0)) (call $text))
    (func (export "post") (param i32) (drop (call $text))))
  (core instance $ping (instantiate $ping
    (with "" (instance (export "pong" (func $pong "f")) (export "t" (table $shim "t"))))))
  (func (export "ping") (param "depth" u32) (result string)
    (canon lift (core func $ping "ping") (memory (core memory $ping "m")) (post-return (core func $ping "post"))))
)`;

interface Guest {
  add(a: number, b: number): number;
  spin(): void;
  recurse(): void;
  fill(): void;
  grow(pages: number): number;
  wait(): void;
}

/** Keeps the thread busy for as long as a slow host import would. */
function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

async function start(limits: Limits, pauseMs = 0): Promise<{ instance: Instance; guest: Guest }> {
  const engine = createEngine({ limits, imports: { pause: () => block(pauseMs) } });
  const instance = (await engine.load(await parse(GUEST), { name: 'guest' })).instantiate();
  return { instance, guest: instance.exports as unknown as Guest };
}

describe('fuel', () => {
  it('is counted anew for each call, and reported', async () => {
    const { instance, guest } = await start({ fuel: 100 });
    for (let index = 0; index < 100; index++) expect(guest.add(2, 3)).toBe(5);
    expect(instance.usage()).toMatchObject({ fuel: 4, fuelTotal: 400 });
  });

  it('ends a call that uses it up, and the instance', async () => {
    const { instance, guest } = await start({ fuel: 1000 });
    const error = quotaOf(() => guest.spin());
    expect(error).toMatchObject({ code: 'WP_QUOTA_FUEL', limit: 'fuel', allowed: 1000, plugin: 'guest' });
    expect(instance.state).toBe('dead');
    expect(() => guest.add(1, 2)).toThrow(error);
  });

  it('may be given for the whole life', async () => {
    const { guest } = await start({ fuelTotal: 41 });
    for (let index = 0; index < 10; index++) guest.add(2, 3);
    expect(quotaOf(() => guest.add(2, 3))).toMatchObject({ code: 'WP_QUOTA_FUEL', limit: 'fuelTotal' });
  });
});

describe('time', () => {
  it.each(['spin', 'recurse', 'fill'] as const)('ends %s on the same thread', async (name) => {
    const { guest } = await start({ timeMs: 5 });
    const error = quotaOf(() => guest[name]());
    expect(['WP_QUOTA_TIME', 'WP_QUOTA_STACK']).toContain(error.code);
    const { guest: sibling } = await start({ timeMs: 5 });
    expect(sibling.add(1, 2)).toBe(3);
  });

  it('inside a host import is not charged to timeMs', async () => {
    const { guest } = await start({ timeMs: 100 }, 200);
    expect(() => guest.wait()).not.toThrow();
  });

  it('inside a host import is charged to wallMs', async () => {
    const { guest } = await start({ wallMs: 100 }, 200);
    expect(quotaOf(() => guest.wait())).toMatchObject({ code: 'WP_QUOTA_WALL', limit: 'wallMs', unit: 'ms' });
  });
});

describe('the depth of the stack', () => {
  it('ends a recursion at the limit, and the instance', async () => {
    const { instance, guest } = await start({ stackDepth: 100 });
    guest.wait();
    expect(instance.usage().stackDepth).toBe(2);
    const error = quotaOf(() => guest.recurse());
    const facts = { limit: 'stackDepth', unit: 'count', allowed: 100, used: 101, plugin: 'guest' };
    expect(error).toMatchObject({ code: 'WP_QUOTA_STACK', ...facts });
    expect(error.message).toContain('100');
    expect(error.trace.length).toBeGreaterThan(0);
    expect(instance.usage().stackDepth).toBe(100);
    expect(() => guest.add(1, 2)).toThrow(error);
  });

  it('ends with the stack of the engine where no limit is set, or a higher one', async () => {
    for (const limits of [{}, { stackDepth: 1e9 }]) {
      const { guest } = await start(limits);
      const error = quotaOf(() => guest.recurse());
      expect(error).toMatchObject({ code: 'WP_QUOTA_STACK', limit: 'stackDepth', allowed: Infinity });
      expect(error.message).toContain('the call stack of the JavaScript engine is used up');
    }
  });

  it('can be lowered for an instance, if the plugin was loaded with a limit', async () => {
    const plugin = await createEngine({ imports: { pause: () => {} }, limits: { stackDepth: 50 } }).load(
      await parse(GUEST),
    );
    const lowered = plugin.instantiate({ limits: { stackDepth: 5 } }).exports as unknown as Guest;
    expect(quotaOf(() => lowered.recurse())).toMatchObject({ allowed: 5, used: 6 });
    const other = plugin.instantiate().exports as unknown as Guest;
    expect(quotaOf(() => other.recurse())).toMatchObject({ allowed: 50, used: 51 });
  });

  it.each(['composed', 'generated'] as const)('is one for all core instances: %s', async (backend) => {
    const binary = await parse(SEVERAL);
    const reach = (depth: number) =>
      createEngine({ backend, limits: { stackDepth: 30, ...(depth % 2 === 0 && { fuel: 1e6 }) } })
        .load(binary)
        .then((plugin) => plugin.instantiate());
    for (const depth of [7, 8]) {
      const instance = await reach(depth);
      const exports = instance.exports as unknown as { ping(depth: number): string };
      // Two frames in the first instance and one in the second each time around, and one that makes the text.
      for (let round = 0; round < 20; round++) expect(exports.ping(depth)).toBe('x'.repeat(40));
      expect(instance.usage().stackDepth).toBe(3 * depth + 2);
      expect(quotaOf(() => exports.ping(10))).toMatchObject({
        code: 'WP_QUOTA_STACK',
        allowed: 30,
        used: 31,
      });
    }
  });
});

describe('memory', () => {
  it('is refused to a guest beyond the limit', async () => {
    const { instance, guest } = await start({ memoryBytes: '256 KiB' });
    expect(guest.grow(3)).toBe(1);
    expect(guest.grow(1)).toBe(-1);
    expect(instance.state).toBe('ready');
  });

  it('traps beyond the limit where the limit is strict', async () => {
    const { instance, guest } = await start({ memoryBytes: '256 KiB', strictMemory: true });
    expect(guest.grow(3)).toBe(1);
    expect(instance.usage().memoryBytes).toBe(262_144);
    expect(quotaOf(() => guest.grow(1))).toMatchObject({
      code: 'WP_QUOTA_MEMORY',
      allowed: 262_144,
      used: 327_680,
    });
  });

  it('is refused at load where a module starts with more', async () => {
    await expect(start({ memoryBytes: 65_535 })).rejects.toMatchObject({
      code: 'WP_QUOTA_MEMORY',
      used: 65_536,
    });
  });
});

describe('limits of one instance', () => {
  it('may lower what is metered', async () => {
    const engine = createEngine({ limits: { fuel: 1e6 }, imports: { pause: () => undefined } });
    const plugin = await engine.load(await parse(GUEST));
    const guest = plugin.instantiate({ limits: { fuel: 10 } }).exports as unknown as Guest;
    expect(quotaOf(() => guest.wait())).toMatchObject({ allowed: 10 });
  });

  it('are refused where the plugin was compiled without', async () => {
    const plugin = await createEngine({ imports: { pause: () => undefined } }).load(await parse(GUEST));
    for (const limits of [{ fuel: 10 }, { timeMs: 5 }, { memoryBytes: 65_536 }]) {
      expect(() => plugin.instantiate({ limits })).toThrow(PluginError);
    }
    expect(plugin.instantiate({ limits: { hostCalls: 5 } }).state).toBe('ready');
  });
});
