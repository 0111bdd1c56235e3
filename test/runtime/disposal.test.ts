import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import type { Limits } from '@wasm-plugin/abi';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { BACKENDS } from '../support/guest.js';
import { quotaOf } from '../support/quota-of.js';

/** Keeps its arguments, drops them all, and works on for a while. */
const GUEST = `(component
  (import "open" (type $t (sub resource)))
  (core func $drop (canon resource.drop $t))
  (core module $m
    (import "t" "drop" (func $drop (param i32)))
    (global $count (mut i32) (i32.const 0))
    (func (export "keep") (param i32) (global.set $count (i32.add (global.get $count) (i32.const 1))))
    (func (export "drop-all")
      (block (loop
        (br_if 1 (i32.eqz (global.get $count)))
        (call $drop (global.get $count))
        (global.set $count (i32.sub (global.get $count) (i32.const 1)))
        (br 0)))
      (call $work (i32.const 1000000)))
    (func $work (param i32) (loop
      (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
      (br_if 0 (local.get 0)))))
  (core instance $i (instantiate $m (with "t" (instance (export "drop" (func $drop))))))
  (func (export "keep") (param "x" (own $t)) (canon lift (core func $i "keep")))
  (func (export "drop-all") (canon lift (core func $i "drop-all"))))`;

describe.each(BACKENDS)('what the host does to dispose of what a guest drops, %s', (backend) => {
  async function keeping(count: number, limits: Limits, dispose?: () => void) {
    class Open {
      readonly [Symbol.dispose] = dispose;
    }
    const engine = createEngine({ backend, limits, imports: { open: Open } });
    const instance: Instance = (await engine.load(await parse(GUEST))).instantiate();
    const guest = instance.exports as unknown as { keep(x: object): void; dropAll(): void };
    for (let index = 0; index < count; index++) guest.keep(new Open());
    return { instance, dropAll: () => guest.dropAll() };
  }

  it('is counted as calls of the host, and held to their limit', async () => {
    let disposed = 0;
    const { instance, dropAll } = await keeping(8, { hostCalls: 8 }, () => disposed++);
    dropAll();
    expect([disposed, instance.usage().hostCalls]).toEqual([8, 8]);
    const more = await keeping(9, { hostCalls: 8 }, () => disposed++);
    expect(quotaOf(more.dropAll)).toMatchObject({ limit: 'hostCalls', allowed: 8, used: 9 });
    expect([disposed, more.instance.state]).toEqual([16, 'dead']);
  });

  it('is none where the host does nothing', async () => {
    const { instance, dropAll } = await keeping(9, { hostCalls: 8 });
    dropAll();
    expect(instance.usage()).toMatchObject({ hostCalls: 0, handles: 0 });
  });

  it('takes no time of the guest', async () => {
    const wait = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    const { dropAll } = await keeping(1, { timeMs: 100 }, wait);
    expect(dropAll).not.toThrow();
    expect(quotaOf((await keeping(1, { wallMs: 100 }, wait)).dropAll)).toMatchObject({ limit: 'wallMs' });
  });
});
