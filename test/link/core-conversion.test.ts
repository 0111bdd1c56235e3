import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom } from '../support/guest.js';

describe.each(BACKENDS)('a host function that is lowered and lifted again, %s', (backend) => {
  /** Nothing of core WebAssembly stands between the two: the types of both sides may differ in sign and width. */
  const relayed = (outer: string, inner: string): string => `(component
    (import "f" (func $f (param "x" ${inner}) (result ${inner})))
    (core func $lowered (canon lower (func $f)))
    (func (export "g") (param "x" ${outer}) (result ${outer}) (canon lift (core func $lowered))))`;

  it.each([
    ['s32', 'u32', -1, 0xffff_ffff],
    ['u32', 's32', 0xffff_ffff, -1],
    ['s64', 'u64', -1n, 2n ** 64n - 1n],
    ['u64', 's64', 2n ** 64n - 1n, -1n],
    ['u8', 's32', 200, 200],
    ['s8', 'u32', -3, 0xffff_fffd],
    ['bool', 'u8', true, 1],
    ['f32', 'f32', 0.1, Math.fround(0.1)],
  ])('converts as core WebAssembly does: %s through %s', async (outer, inner, given, seen) => {
    const received: unknown[] = [];
    const guest = await guestFrom(relayed(outer, inner), backend, {
      f: (x: unknown) => {
        received.push(x);
        return x;
      },
    });
    const returned = guest.call('g', given);
    expect(received).toEqual([seen]);
    expect(returned).toBe(outer === 'f32' ? seen : given);
  });

  it('rounds what the host gives for f32', async () => {
    const guest = await guestFrom(relayed('f32', 'f32'), backend, { f: () => 0.1 });
    expect(guest.call('g', 1)).toBe(Math.fround(0.1));
  });
});

describe('names that JavaScript uses itself', () => {
  it.each(['prototype', 'name', 'length', 'call', 'constructor'])(
    'are no trouble as a static: %s',
    async (name) => {
      const guest = await guestFrom(
        `(component
        (type $r (resource (rep i32)))
        (export $R "r" (type $r))
        (core module $m (func (export "f") (result i32) (i32.const 7)))
        (core instance $i (instantiate $m))
        (func (export "[static]r.${name}") (result u32) (canon lift (core func $i "f"))))`,
        'generated',
      );
      expect(guest.instance.state).toBe('ready');
      const { R } = guest.instance.exports as { R: Record<string, () => number> };
      expect(R[name === 'prototype' ? 'prototype_' : name]?.()).toBe(7);
    },
  );

  it.each(['constructor', 'to-string', 'value-of', 'has-own-property'])(
    'are no trouble as a function: %s',
    async (name) => {
      const guest = await guestFrom(
        `(component
          (core module $m (func (export "f") (result i32) (i32.const 7)))
          (core instance $i (instantiate $m))
          (func (export "${name}") (result u32) (canon lift (core func $i "f"))))`,
        'generated',
      );
      const key = name.replaceAll(/-(.)/g, (_, char: string) => char.toUpperCase());
      expect(guest.call(key)).toBe(7);
    },
  );

  it('are no trouble where `await` would call them: then', async () => {
    const guest = await guestFrom(
      `(component
        (type $r' (resource (rep i32)))
        (core func $new (canon resource.new $r'))
        (core module $m
          (import "r" "new" (func $new (param i32) (result i32)))
          (func (export "make") (result i32) (call $new (i32.const 5)))
          (func (export "f") (result i32) (i32.const 7))
          (func (export "m") (param i32) (result i32) (local.get 0)))
        (core instance $i (instantiate $m (with "r" (instance (export "new" (func $new))))))
        (func $f (result u32) (canon lift (core func $i "f")))
        (export $R "r" (type $r'))
        (type $s' (resource (rep i32)))
        (export $S "s" (type $s'))
        (func (export "make") (result (own $R)) (canon lift (core func $i "make")))
        (func (export "[method]r.then") (param "self" (borrow $R)) (result u32) (canon lift (core func $i "m")))
        (func (export "[static]s.then") (result u32) (canon lift (core func $i "f")))
        (export "then" (func $f))
        (instance $in (export "then" (func $f)))
        (export "a:b/c" (instance $in)))`,
      'generated',
    );
    const exports = await Promise.resolve(guest.instance.exports);
    type Thens = Record<string, () => number>;
    expect((exports as Thens)['then_']?.()).toBe(7);
    expect((await Promise.resolve(exports['a:b/c'] as Thens))['then_']?.()).toBe(7);
    expect((await Promise.resolve(exports['S'] as Thens))['then_']?.()).toBe(7);
    const made = await Promise.resolve((exports['make'] as () => Thens)());
    expect(made['then_']?.()).toBe(5);
  });

  it.each(['to-string', 'value-of', 'tag', 'message', 'stack', 'to-json'])(
    'are no trouble as a field of an error: %s',
    async (name) => {
      for (const backend of BACKENDS) {
        const guest = await guestFrom(
          `(component
            (type $rec (record (field "${name}" (tuple u32 u32)) (field "x" u8)))
            (export $r "rec" (type $rec))
            (core module $m
              (memory (export "memory") 1)
              (data (i32.const 16) "\\01")
              (func (export "f") (result i32) (i32.const 16)))
            (core instance $i (instantiate $m))
            (func (export "f") (result (result (error $r)))
              (canon lift (core func $i "f") (memory (core memory $i "memory")))))`,
          backend,
        );
        expect(guest.thrownBy('f')?.code).toBe('WP_GUEST');
        expect(guest.instance.state).toBe('ready');
      }
    },
  );
});
