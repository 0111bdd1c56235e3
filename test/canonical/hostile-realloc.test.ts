import { describe, expect, it } from 'vitest';
import { BACKENDS, catching, guestFrom } from '../support/guest.js';

/** A component that echoes strings and lists of them, with a `realloc` of its own. */
function echoing(realloc: string, more = ''): string {
  return `(component
    (core module $m
      (memory (export "memory") 1)
      (global $top (mut i32) (i32.const 1024))
      ${more}
      (func $realloc (export "realloc") (param $old i32) (param $had i32) (param $align i32) (param $size i32)
        (result i32) (local $at i32)
        ${realloc})
      (func (export "echo") (param i32 i32) (result i32)
        (i32.store (i32.const 16) (local.get 0))
        (i32.store (i32.const 20) (local.get 1))
        (i32.const 16)))
    (core instance $i (instantiate $m))
    (func (export "text") (param "x" string) (result string) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
    (func (export "wide") (param "x" string) (result string) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=utf16))
    (func (export "either") (param "x" string) (result string) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=latin1+utf16))
    (func (export "texts") (param "x" (list string)) (result (list string)) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
    (func (export "numbers") (param "x" (list u32)) (result (list u32)) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
    (func (export "pairs") (param "x" (list (tuple u64 string (option string))))
      (result (list (tuple u64 string (option string)))) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))`;
}

/** Every allocation lies at the start of a page that was not there before: all views are detached each time. */
const GROWING = `
  (local.set $at (i32.mul (memory.grow (i32.const 1)) (i32.const 65536)))
  (memory.copy (local.get $at) (local.get $old)
    (select (local.get $had) (local.get $size) (i32.lt_u (local.get $had) (local.get $size))))
  (local.get $at)`;

const ARGUMENTS: [name: string, argument: unknown][] = [
  ['text', 'plain'],
  ['text', 'plain, then naïve, and 日本 😀 at its end'],
  ['text', `${'long '.repeat(100)}é`],
  ['wide', 'naïve 日本 😀'],
  ['either', 'naïve'],
  ['either', 'naïve, then 日本 😀'],
  ['texts', ['a', 'é'.repeat(60), '', '😀']],
  ['numbers', Uint32Array.of(1, 2, 0xffff_ffff)],
  [
    'pairs',
    [
      [1n, 'é', 'x'],
      [2n, '', undefined],
      [2n ** 64n - 1n, 'z', '日本'],
    ],
  ],
];

/** Results of a hostile `realloc`, and the words of the trap. */
const LIES: [claim: string, realloc: string, says: RegExp][] = [
  ['gives an address behind the end', '(i32.const 0x20000)', /beyond end of memory/],
  ['gives all ones', '(i32.const -1)', /beyond end of memory|not aligned/],
  ['gives room that ends behind the end', '(i32.const 65534)', /beyond end of memory|not aligned/],
  ['traps', 'unreachable', /unreachable/],
  [
    'recurses without end',
    '(return (call $realloc (local.get 0) (local.get 1) (local.get 2) (local.get 3)))',
    /stack/,
  ],
];

describe.each(BACKENDS)('a hostile realloc, %s', (backend) => {
  it.each(ARGUMENTS)('that detaches every view on each call lowers a %s', async (name, argument) => {
    const guest = await guestFrom(echoing(GROWING), backend);
    expect(guest.call(name, argument)).toEqual(argument);
    expect(guest.call(name, argument)).toEqual(argument);
  });

  it.each(ARGUMENTS)(
    'that always gives the same address harms no one but the guest: %s',
    async (name, argument) => {
      const guest = await guestFrom(echoing('(i32.const 1024)'), backend);
      const error = guest.thrownBy(name, argument);
      if (error !== undefined) expect(error.code).toBe('WP_TRAP_ABI');
    },
  );

  describe.each(LIES)('that %s', (_, realloc, says) => {
    it.each([
      ['text', 'plain'],
      ['numbers', [1, 2, 3]],
      ['texts', ['a']],
    ])('kills the instance: %s', async (name, argument) => {
      const guest = await guestFrom(echoing(realloc), backend);
      const error = guest.thrownBy(name, argument);
      expect(error?.message).toMatch(says);
      expect(error?.code).toMatch(/^WP_(TRAP|QUOTA_STACK)/);
      expect(guest.instance.state).toBe('dead');
      expect(guest.thrownBy(name, argument)).toBe(error);
    });
  });

  it('that misaligns kills the instance', async () => {
    const guest = await guestFrom(echoing('(i32.const 1025)'), backend);
    expect(guest.thrownBy('numbers', [1])?.message).toMatch(/not aligned/);
    expect(guest.instance.state).toBe('dead');
  });

  it('that throws what a guest can throw kills the instance', async () => {
    const guest = await guestFrom(echoing('(throw $e)', '(tag $e)'), backend);
    expect(guest.thrownBy('text', 'x')?.code).toBe('WP_TRAP');
    expect(guest.instance.state).toBe('dead');
  });

  it('that calls an import is stopped, and cannot catch that', async () => {
    let called = 0;
    const guest = await guestFrom(
      `(component
        (import "f" (func $f))
        (core func $lowered (canon lower (func $f)))
        (core module $m
          (import "host" "f" (func $f))
          (memory (export "memory") 1)
          (func (export "realloc") (param i32 i32 i32 i32) (result i32)
            ${catching('(call $f)')}
            (i32.const 1024))
          (func (export "take") (param i32 i32)))
        (core instance $i (instantiate $m (with "host" (instance (export "f" (func $lowered))))))
        (func (export "take") (param "x" string) (canon lift (core func $i "take")
          (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))`,
      backend,
      { f: () => called++ },
    );
    expect(guest.thrownBy('take', 'x')?.message).toMatch(/cannot leave/);
    expect(called).toBe(0);
    expect(guest.instance.state).toBe('dead');
  });
});
