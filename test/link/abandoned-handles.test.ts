import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import { BACKENDS } from '../support/guest.js';
import { quotaOf } from '../support/quota-of.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** `a#run` works, calls `b#use`, and works again; objects of `b#r` have a destructor. */
const TWO = `(component
  (component $B
    (core module $m
      (global $drops (mut i32) (i32.const 0))
      (func (export "drop") (param i32) (global.set $drops (i32.add (global.get $drops) (i32.const 1))))
      (func (export "use") (result i32) (global.get $drops)))
    (core instance $i (instantiate $m))
    (type $r (resource (rep i32) (dtor (core func $i "drop"))))
    (core func $new (canon resource.new $r))
    (export $R "r" (type $r))
    (func (export "make") (param "rep" u32) (result (own $R)) (canon lift (core func $new)))
    (func (export "use") (result u32) (canon lift (core func $i "use"))))
  (component $A
    (import "use" (func $use (result u32)))
    (core func $lowered (canon lower (func $use)))
    (core module $m
      (import "b" "use" (func $use (result i32)))
      (func $work (param i32) (loop
        (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
        (br_if 0 (local.get 0))))
      (func (export "run") (result i32)
        (call $work (i32.const 1000)) (call $use) (call $work (i32.const 1000))))
    (core instance $i (instantiate $m (with "b" (instance (export "use" (func $lowered))))))
    (func (export "run") (result u32) (canon lift (core func $i "run"))))
  (instance $b (instantiate $B))
  (instance $a (instantiate $A (with "use" (func $b "use"))))
  (export "b" (instance $b))
  (export "a" (instance $a)))`;

interface Two {
  a: { run(): number };
  b: { make(rep: number): object };
}

interface Ops {
  Counter: new (start: number) => object;
  liveCounters(): number;
}

describe.each(BACKENDS)('objects of a guest that nothing refers to (%s)', (backend) => {
  it('give their handles back before the next call of any function', async () => {
    const bytes = readFileSync(new URL('../../plugins-rust/build/types.wasm', import.meta.url));
    const imports = { 'wasm-plugin:types/host': { hostAdd: () => 0 } };
    const plugin = await createEngine({ backend, imports }).load(bytes);
    const ops = plugin.instantiate().exports['wasm-plugin:types/ops@0.1.0'] as Ops;
    const kept = new ops.Counter(1);
    expect(Array.from({ length: 50 }, (_, start) => new ops.Counter(start))).toHaveLength(50);
    expect(ops.liveCounters()).toBe(51);
    for (let turn = 0; turn < 100 && ops.liveCounters() > 1; turn++) {
      collectGarbage();
      await setImmediate();
    }
    expect(ops.liveCounters()).toBe(1);
    expect(kept).toBeInstanceOf(ops.Counter);
  });
});

describe.each(BACKENDS)('what a call gives back before it goes on (%s)', (backend) => {
  async function abandoned(fuel: number): Promise<{ two: Two; instance: Instance }> {
    const plugin = await createEngine({ backend, limits: { fuel } }).load(await parse(TWO));
    const instance = plugin.instantiate();
    const two = instance.exports as unknown as Two;
    const collected: number[] = [];
    const registry = new FinalizationRegistry((rep: number) => collected.push(rep));
    (() => {
      for (let rep = 0; rep < 20; rep++) registry.register(two.b.make(rep), rep);
    })();
    for (let turn = 0; turn < 100 && collected.length < 20; turn++) {
      collectGarbage();
      await setImmediate();
    }
    await setImmediate();
    return { two, instance };
  }

  it('costs that call its fuel, and gives it none', async () => {
    const { two, instance } = await abandoned(1e6);
    expect([two.a.run(), two.a.run()]).toEqual([20, 20]);
    const whole = instance.usage().fuel as number;
    const { two: short } = await abandoned(whole * 0.75);
    expect(quotaOf(() => short.a.run())).toMatchObject({ code: 'WP_QUOTA_FUEL', limit: 'fuel' });
  });
});
