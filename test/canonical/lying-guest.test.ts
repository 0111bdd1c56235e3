import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom, type BackendName } from '../support/guest.js';

/** Bytes of 32-bit words, as text for a data segment. */
function words(...values: number[]): string {
  const bytes = new Uint8Array(Uint32Array.from(values).buffer);
  return Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
}

/** A component whose `f` returns the data at address 16 of one page. */
function returning(type: string, data: string, pointer = 16, types = ''): string {
  return `(component ${types}
    (core module $m
      (memory (export "memory") 1)
      (data (i32.const 16) "${data}")
      (func (export "f") (result i32) (i32.const ${pointer})))
    (core instance $i (instantiate $m))
    (func (export "f") (result ${type})
      (canon lift (core func $i "f") (memory (core memory $i "memory")))))`;
}

const PAGE = 0x1_0000;

/** Results of a guest that break a rule: type, words at 16, and the words of the trap. */
const LIES: [claim: string, type: string, data: number[], says: RegExp, pointer?: number][] = [
  ['a string behind the end', 'string', [PAGE - 1, 2], /out of bounds/],
  ['a string at the end of the address space', 'string', [0xffff_ffff, 2], /out of bounds/],
  ['a string of 4 GiB', 'string', [0, 0xffff_ffff], /out of bounds|too long/],
  ['a list behind the end', '(list u32)', [PAGE - 4, 2], /out of bounds/],
  ['a list whose size overflows 32 bits', '(list u64)', [0, 0x2000_0001], /out of bounds|too long/],
  [
    'a list of records whose size overflows',
    '(list (tuple u64 u64))',
    [0, 0x1000_0001],
    /out of bounds|too long/,
  ],
  ['a misaligned list of numbers', '(list u16)', [17, 1], /unaligned/],
  ['a misaligned list of tuples', '(list (tuple u8 u32))', [18, 1], /unaligned/],
  ['a misaligned empty list', '(list u64)', [4, 0], /unaligned/],
  ['an empty list behind the end', '(list u8)', [PAGE + 1, 0], /out of bounds/],
  ['a surrogate as char', '(tuple char char)', [0x61, 0xd800], /surrogate/],
  ['a char behind the last', '(tuple char char)', [0x11_0000, 0], /out of range/],
  ['a char of all ones', '(tuple char char)', [0xffff_ffff, 0], /out of range/],
  ['a case that does not exist', '(option (tuple u32 u32))', [2], /discriminant/],
  ['a result that is neither', '(result u32)', [9], /discriminant/],
  ['a case in a list', '(list (option u8))', [24, 1, 5], /discriminant/],
  ['a result behind the end', '(tuple u64 u64)', [], /out of bounds/, PAGE - 8],
  ['a result at the end of the address space', '(tuple u64 u64)', [], /out of bounds|unaligned/, -8],
  ['a misaligned result', '(tuple u64 u64)', [], /unaligned/, 20],
  ['a string inside a list behind the end', '(list string)', [24, 1, PAGE, 1], /out of bounds/],
];

describe.each(BACKENDS)('a guest that lies, %s', (backend: BackendName) => {
  it.each(LIES)('traps on %s', async (_, type, data, says, pointer) => {
    const guest = await guestFrom(returning(type, words(...data), pointer), backend);
    const error = guest.thrownBy('f');
    expect(error?.code).toBe('WP_TRAP_ABI');
    expect(error?.message).toMatch(says);
    expect(guest.instance.state).toBe('dead');
    expect(guest.thrownBy('f')).toBe(error);
  });

  it('is told where its bad value was: in the result, or in a parameter of an import', async () => {
    const wrong = await guestFrom(returning('string', words(24, 0xffff_ffff)), backend);
    expect(wrong.thrownBy('f')?.message).toContain('out of bounds of memory, in the result of "f"');
    const text = `(component
      (import "a:b/c" (instance $h (export "put" (func (param "level" u8) (param "text" string) (param "on" char)))))
      (core module $libc (memory (export "memory") 1) (data (i32.const 8) "a\\00\\00\\d8"))
      (core instance $libc (instantiate $libc))
      (core func $put (canon lower (func $h "put") string-encoding=utf16 (memory (core memory $libc "memory"))))
      (core module $m (import "h" "put" (func $put (param i32 i32 i32 i32)))
        (func (export "text") (call $put (i32.const 1) (i32.const 8) (i32.const 2) (i32.const 65)))
        (func (export "char") (call $put (i32.const 1) (i32.const 8) (i32.const 1) (i32.const -1))))
      (core instance $i (instantiate $m (with "h" (instance (export "put" (func $put))))))
      (func (export "text") (canon lift (core func $i "text")))
      (func (export "char") (canon lift (core func $i "char"))))`;
    for (const [name, says] of [
      ['text', 'unpaired surrogate in utf-16 string, in the parameter "text" of "a:b/c#put"'],
      ['char', 'out of range for `char`, in the parameter "on" of "a:b/c#put"'],
    ] as const) {
      const guest = await guestFrom(text, backend, { 'a:b/c': { put: () => undefined } });
      expect(guest.thrownBy(name)).toMatchObject({
        code: 'WP_TRAP_ABI',
        message: expect.stringContaining(says),
      });
      expect(guest.instance.state).toBe('dead');
    }
  });

  it('ignores bits of flags, bools and small integers that mean nothing', async () => {
    const types = '(type $t (flags "a" "b")) (export $f "flags" (type $t))';
    const guest = await guestFrom(returning('(tuple $f bool u8 s8)', '\\ff\\07\\ff\\80', 16, types), backend);
    expect(guest.call('f')).toEqual([{ a: true, b: true }, true, 255, -128]);
  });

  it('takes bits of core values that mean nothing', async () => {
    const guest = await guestFrom(
      `(component
        (core module $m (func (export "f") (result i32) (i32.const 0xffffff80)))
        (core instance $i (instantiate $m))
        (func (export "bool") (result bool) (canon lift (core func $i "f")))
        (func (export "u8") (result u8) (canon lift (core func $i "f")))
        (func (export "s8") (result s8) (canon lift (core func $i "f")))
        (func (export "u16") (result u16) (canon lift (core func $i "f")))
        (func (export "s16") (result s16) (canon lift (core func $i "f")))
        (func (export "u32") (result u32) (canon lift (core func $i "f")))
        (func (export "char") (result char) (canon lift (core func $i "f"))))`,
      backend,
    );
    const given = ['bool', 'u8', 's8', 'u16', 's16', 'u32'].map((name) => guest.call(name));
    expect(given).toEqual([true, 128, -128, 0xff80, -128, 0xffff_ff80]);
    expect(guest.thrownBy('char')?.code).toBe('WP_TRAP_ABI');
  });

  it('stops lists that all lie on the same bytes', async () => {
    const guest = await guestFrom(
      `(component
        (core module $m
          (memory (export "memory") 257)
          (func (export "f") (result i32) (local $at i32)
            (loop $next
              (i32.store (i32.add (i32.const 65536) (local.get $at)) (i32.const 0))
              (i32.store (i32.add (i32.const 65540) (local.get $at)) (i32.const 0x1000000))
              (local.set $at (i32.add (local.get $at) (i32.const 8)))
              (br_if $next (i32.lt_u (local.get $at) (i32.const 0x800000))))
            (i32.store (i32.const 0) (i32.const 65536))
            (i32.store (i32.const 4) (i32.const 0x100000))
            (i32.const 0)))
        (core instance $i (instantiate $m))
        (func (export "bytes") (result (list (list u8)))
          (canon lift (core func $i "f") (memory (core memory $i "memory"))))
        (func (export "texts") (result (list string))
          (canon lift (core func $i "f") (memory (core memory $i "memory")))))`,
      backend,
    );
    const before = process.memoryUsage().rss;
    expect(guest.thrownBy('bytes')?.code).toBe('WP_QUOTA_HOST');
    expect(process.memoryUsage().rss - before).toBeLessThan(1.5 * 2 ** 30);
  });

  it.each([
    ['bool', 200_000_000],
    ['(option (option (option bool)))', 60_000_000],
    ['(tuple bool bool bool bool)', 60_000_000],
  ])('stops a list of so many %s that the process would end', async (element, length) => {
    const guest = await guestFrom(
      `(component
        (core module $m
          (memory (export "memory") 4096)
          (func (export "f") (result i32)
            (i32.store (i32.const 0) (i32.const 16))
            (i32.store (i32.const 4) (i32.const ${length}))
            (i32.const 0)))
        (core instance $i (instantiate $m))
        (func (export "f") (result (list ${element}))
          (canon lift (core func $i "f") (memory (core memory $i "memory")))))`,
      backend,
    );
    expect(guest.thrownBy('f')?.code).toBe('WP_QUOTA_HOST');
  });
});
