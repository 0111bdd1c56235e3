import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom } from '../../support/guest.js';

/** Takes a variant apart into core values, and makes it of them; whose cases have core types that join. */
const PARTS = `(component
  (type $v' (variant (case "u" u32) (case "f" f32) (case "l" u64) (case "d" f64) (case "p" (tuple f32 f64)) (case "e")))
  (export $v "v" (type $v'))
  (type $n' (enum "one" "two"))
  (export $n "n" (type $n'))
  (core module $m
    (memory (export "memory") 1)
    (func (export "take") (param i32 i64 f64) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i64.store (i32.const 24) (local.get 1))
      (f64.store (i32.const 32) (local.get 2)) (i32.const 16))
    (func (export "echo") (param i32 i64 f64) (result i32)
      (i32.store8 (i32.const 64) (local.get 0)) (i64.store (i32.const 72) (local.get 1))
      (f64.store (i32.const 80) (local.get 2)) (i32.const 64))
    (func (export "same") (param i32) (result i32) (local.get 0)))
  (core instance $i (instantiate $m))
  (func (export "take") (param "x" $v) (result (tuple u32 u64 u64))
    (canon lift (core func $i "take") (memory (core memory $i "memory"))))
  (func (export "echo") (param "x" $v) (result $v)
    (canon lift (core func $i "echo") (memory (core memory $i "memory"))))
  (func (export "same") (param "x" $n) (result $n) (canon lift (core func $i "same"))))`;

const F32_HALF = 0x3f000000n;
const F64_HALF = 0x3fe0000000000000n;

describe.each(BACKENDS)('a variant whose cases have different core types, %s', (backend) => {
  it.each<[object, unknown[]]>([
    [{ tag: 'u', val: 2 ** 32 - 1 }, [0, 0xffffffffn, 0n]],
    [{ tag: 'f', val: 0.5 }, [1, F32_HALF, 0n]],
    [{ tag: 'l', val: 2n ** 64n - 1n }, [2, 2n ** 64n - 1n, 0n]],
    [{ tag: 'd', val: 0.5 }, [3, F64_HALF, 0n]],
    [{ tag: 'p', val: [0.5, 0.5] }, [4, F32_HALF, F64_HALF]],
    [{ tag: 'e' }, [5, 0n, 0n]],
  ])('lowers %o to its core values', async (value, parts) => {
    const { call } = await guestFrom(PARTS, backend);
    expect(call('take', value)).toEqual(parts);
  });

  it('is loaded again from memory', async () => {
    const { call } = await guestFrom(PARTS, backend);
    for (const value of [
      { tag: 'u', val: 7 },
      { tag: 'l', val: 2n ** 63n },
      { tag: 'd', val: -0.5 },
      { tag: 'e' },
    ])
      expect(call('echo', value)).toEqual(value);
  });

  it('refuses what is no case, for an enum too', async () => {
    const { thrownBy, call } = await guestFrom(PARTS, backend);
    expect(thrownBy('take', { tag: 'z' })?.message).toContain('with a tag of "u", "f", "l", "d", "p", "e"');
    expect(thrownBy('same', 'three')?.message).toContain('x: wanted one of "one", "two", got "three"');
    expect(call('same', 'two')).toBe('two');
  });
});
