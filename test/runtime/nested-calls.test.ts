import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import type { Limits } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';
import { BACKENDS } from '../support/guest.js';
import { quotaOf } from '../support/quota-of.js';

/**
 * Two component instances, `a` and `b`. `a#run` calls the import `again` as often as it is told, works before each call, and
 * is some frames deep. `b` works, recurses, or calls the import `note`.
 */
const GUEST = `(component
  (import "again" (func $again))
  (import "note" (func $note (param "text" string)))
  (component $A
    (import "again" (func $again))
    (core func $lowered (canon lower (func $again)))
    (core module $m
      (import "host" "again" (func $again))
      (func $work (param i32) (loop
        (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
        (br_if 0 (i32.gt_s (local.get 0) (i32.const 0)))))
      (func $down (param $frames i32)
        (if (local.get $frames)
          (then (call $down (i32.sub (local.get $frames) (i32.const 1))) (call $work (i32.const 0)))
          (else (call $again))))
      (func (export "run") (param $times i32) (param $work i32) (param $frames i32)
        (loop
          (call $work (local.get $work))
          (call $down (local.get $frames))
          (br_if 0 (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))))
    (core instance $i (instantiate $m (with "host" (instance (export "again" (func $lowered))))))
    (func (export "run") (param "times" u32) (param "work" u32) (param "frames" u32)
      (canon lift (core func $i "run"))))
  (component $B
    (import "note" (func $note (param "text" string)))
    (core module $memory (memory (export "m") 1))
    (core instance $memory (instantiate $memory))
    (core func $lowered (canon lower (func $note) (memory (core memory $memory "m"))))
    (core module $m
      (import "host" "note" (func $note (param i32 i32)))
      (func (export "work") (param i32) (loop
        (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
        (br_if 0 (i32.gt_s (local.get 0) (i32.const 0)))))
      (func (export "note") (call $note (i32.const 0) (i32.const 100)))
      (func $deep (export "deep") (param i32)
        (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1))) (call $deep (i32.const 0))))))
    (core instance $i (instantiate $m (with "host" (instance (export "note" (func $lowered))))))
    (func (export "work") (param "times" u32) (canon lift (core func $i "work")))
    (func (export "note") (canon lift (core func $i "note")))
    (func (export "deep") (param "frames" u32) (canon lift (core func $i "deep"))))
  (instance $a (instantiate $A (with "again" (func $again))))
  (instance $b (instantiate $B (with "note" (func $note))))
  (export "a" (instance $a))
  (export "b" (instance $b)))`;

interface Exports {
  a: { run(times: number, work: number, frames: number): void };
  b: { work(times: number): void; note(): void; deep(frames: number): void };
}

interface Running extends Exports {
  instance: Instance;
}

describe.each(BACKENDS)('a call that a host import makes while another runs, %s', (backend) => {
  async function start(limits: Limits, again: (guest: Running) => void): Promise<Running> {
    let running: Running | undefined = undefined;
    const imports = { again: () => again(running as unknown as Running), note: () => undefined };
    const engine = createEngine({ backend, limits, imports });
    const instance = (await engine.load(await parse(GUEST))).instantiate();
    running = { instance, ...(instance.exports as unknown as Exports) };
    return running;
  }

  it('goes on with the fuel of that', async () => {
    const { a, b, instance } = await start({ fuel: 100_000 }, (guest) => guest.b.work(1000));
    b.work(1000);
    const each = instance.usage().fuel as number;
    a.run(2, 10, 0);
    expect(instance.usage().fuel).toBeGreaterThan(2 * each);
    a.run(5, 10, 0);
    expect(quotaOf(() => a.run(100, 10, 0))).toMatchObject({ code: 'WP_QUOTA_FUEL', limit: 'fuel' });
    expect(instance.state).toBe('dead');
    expect(instance.usage().fuel).toBe(100_000);
  });

  it.each(['timeMs', 'wallMs'] as const)('goes on with the %s of that', async (limit) => {
    const { a } = await start({ [limit]: 20 }, (guest) => guest.b.work(1));
    expect(quotaOf(() => a.run(100_000, 20_000, 0))).toMatchObject({ limit });
  });

  it('is charged for its own time, although an import of that runs', async () => {
    const { a } = await start({ timeMs: 20 }, (guest) => guest.b.work(1000));
    expect(quotaOf(() => a.run(1_000_000, 1, 0))).toMatchObject({ limit: 'timeMs' });
  });

  it('goes on with the hostCalls of that', async () => {
    const { a } = await start({ hostCalls: 10 }, (guest) => guest.b.note());
    a.run(5, 1, 0);
    a.run(5, 1, 0);
    const error = quotaOf(() => a.run(6, 1, 0));
    expect(error).toMatchObject({ code: 'WP_QUOTA_HOST', limit: 'hostCalls', used: 11 });
  });

  it('goes on with the hostBytes of that', async () => {
    const { a } = await start({ hostBytes: 1000 }, (guest) => guest.b.note());
    a.run(5, 1, 0);
    a.run(5, 1, 0);
    expect(quotaOf(() => a.run(11, 1, 0))).toMatchObject({ code: 'WP_QUOTA_HOST', limit: 'hostBytes' });
  });

  it('goes on with the frames of that', async () => {
    const { a, instance } = await start({ stackDepth: 100 }, (guest) => guest.b.deep(49));
    a.run(3, 1, 48);
    expect(instance.usage().stackDepth).toBe(100);
    expect(quotaOf(() => a.run(1, 1, 49))).toMatchObject({ code: 'WP_QUOTA_STACK', used: 101 });
  });

  it('leaves the next one a budget of its own', async () => {
    const { a, b, instance } = await start({ fuel: 100_000, hostCalls: 4 }, (guest) => guest.b.note());
    for (let round = 0; round < 20; round++) a.run(2, 1000, 0);
    b.work(1000);
    const { fuel } = instance.usage();
    b.work(1000);
    expect(instance.usage().fuel).toBe(fuel);
  });
});

/** Core module `i` makes handles; `d` has the destructor, which works for as long as it was told, and `s` start functions. */
const RESOURCES = `(component
  (import "note" (func $note))
  (core func $lowered (canon lower (func $note)))
  (core module $d
    (global $work (mut i32) (i32.const 0))
    (func (export "set") (param i32) (global.set $work (local.get 0)))
    (func (export "spin") (param i32) (loop
      (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
      (br_if 0 (i32.gt_s (local.get 0) (i32.const 0)))))
    (func (export "dtor") (param i32) (local i32)
      (local.set 1 (global.get $work))
      (loop
        (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
        (br_if 0 (i32.gt_s (local.get 1) (i32.const 0))))))
  (core instance $d (instantiate $d))
  (type $r (resource (rep i32) (dtor (core func $d "dtor"))))
  (core func $new (canon resource.new $r))
  (core module $m
    (import "host" "new" (func $new (param i32) (result i32)))
    (func (export "make") (result i32) (call $new (i32.const 7))))
  (core instance $i (instantiate $m (with "host" (instance (export "new" (func $new))))))
  (export $x "thing" (type $r))
  (func (export "make") (result (own $x)) (canon lift (core func $i "make")))
  (func (export "set-work") (param "loops" u32) (canon lift (core func $d "set")))
  (func (export "spin") (param "loops" u32) (canon lift (core func $d "spin"))))`;

interface Resources {
  make(): Disposable;
  setWork(loops: number): void;
  spin(loops: number): void;
}

describe.each(BACKENDS)('a destructor that the host has run, %s', (backend) => {
  async function start(limits: Limits): Promise<{ guest: Resources; instance: Instance }> {
    const engine = createEngine({ backend, limits, imports: { note: () => undefined } });
    const instance = (await engine.load(await parse(RESOURCES))).instantiate();
    return { instance, guest: instance.exports as unknown as Resources };
  }

  it('has the fuel of a call', async () => {
    const { guest, instance } = await start({ fuel: 10_000 });
    guest.setWork(1000);
    const thing = guest.make();
    guest.spin(1000);
    thing[Symbol.dispose]();
    expect(instance.usage().fuel).toBeLessThan(10_000);
    guest.setWork(10_000);
    const error = quotaOf(() => guest.make()[Symbol.dispose]());
    expect(error).toMatchObject({ code: 'WP_QUOTA_FUEL', limit: 'fuel' });
  });

  it('has the time of a call, whenever the last one was', async () => {
    const { guest, instance } = await start({ wallMs: 500, fuel: 1e9 });
    const thing = guest.make();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    thing[Symbol.dispose]();
    expect(instance.state).toBe('ready');
  });
});

/** Many core instances whose start functions call the host and work. */
const STARTS = `(component
  (import "note" (func $note))
  (core func $lowered (canon lower (func $note)))
  (core module $m
    (import "host" "note" (func $note))
    (func $start (local i32)
      (call $note)
      (local.set 0 (i32.const 100))
      (loop
        (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
        (br_if 0 (local.get 0))))
    (start $start))
  ${'(core instance (instantiate $m (with "host" (instance (export "note" (func $lowered))))))'.repeat(20)})`;

describe.each(BACKENDS)('the start functions of an instance, %s', (backend) => {
  const starting = async (limits: Limits): Promise<() => Instance> => {
    const engine = createEngine({ backend, limits, imports: { note: () => undefined } });
    const plugin = await engine.load(await parse(STARTS));
    return () => plugin.instantiate();
  };

  it('have the budgets of one call together', async () => {
    const fuel = (await starting({ fuel: 1e6 }))().usage().fuel as number;
    expect(fuel).toBeGreaterThan(20 * 100);
    const start = await starting({ fuel, hostCalls: 20, wallMs: 10_000 });
    expect(start().usage().hostCalls).toBe(20);
    for (const limits of [{ fuel: fuel / 2 }, { hostCalls: 19 }]) {
      const [limit] = Object.keys(limits);
      expect(quotaOf(await starting(limits))).toMatchObject({ limit });
    }
  });
});
