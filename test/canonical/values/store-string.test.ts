import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom } from '../../support/guest.js';

/** A component that takes a string in each encoding; its `realloc` traps where it is asked to resize. */
const ONLY_ALLOCATES = `(component
  (core module $m
    (memory (export "memory") 40)
    (global $asked (mut i32) (i32.const 0))
    (global $size (mut i32) (i32.const 0))
    (func (export "realloc") (param $old i32) (param $had i32) (param $align i32) (param $size i32) (result i32)
      (if (local.get $old) (then unreachable))
      (if (local.get $had) (then unreachable))
      (global.set $asked (i32.add (global.get $asked) (i32.const 1)))
      (global.set $size (local.get $size))
      (i32.const 1024))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0))
      (i32.store (i32.const 20) (local.get 1))
      (i32.const 16))
    (func (export "asked") (result i32) (global.get $asked))
    (func (export "size") (result i32) (global.get $size)))
  (core instance $i (instantiate $m))
  ${['utf8', 'utf16', 'latin1+utf16']
    .map(
      (
        encoding,
      ) => `(func (export "${encoding === 'latin1+utf16' ? 'either' : encoding === 'utf8' ? 'narrow' : 'wide'}")
        (param "x" string) (result string) (canon lift (core func $i "echo") string-encoding=${encoding}
        (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))`,
    )
    .join('\n')}
  (func (export "asked") (result u32) (canon lift (core func $i "asked")))
  (func (export "size") (result u32) (canon lift (core func $i "size"))))`;

const LENGTHS = [0, 1, 19, 20, 21, 28, 29, 255, 256, 257, 16_383, 16_384, 16_385, 100_000];

const TEXTS = LENGTHS.flatMap((length) =>
  ['a', 'ü', '日', '😀'].flatMap((last) => {
    const most = 'x'.repeat(length);
    return [most, `${most}${last}`, `${last}${most}`, last.repeat(Math.ceil(length / last.length))];
  }),
);

const isLatin1 = (text: string): boolean => [...text].every((char) => (char.codePointAt(0) ?? 0) < 0x100);

describe.each(BACKENDS)('storeString() asks the guest once for exactly what it needs, %s', (backend) => {
  it.each([
    ['narrow', (text: string) => Buffer.byteLength(text)],
    ['wide', (text: string) => text.length * 2],
    ['either', (text: string) => (isLatin1(text) ? text.length : text.length * 2)],
  ] as const)('%s', async (name, sizeOf) => {
    const guest = await guestFrom(ONLY_ALLOCATES, backend);
    for (const [index, text] of TEXTS.entries()) {
      const where = `${text.length} code units that begin with ${text.slice(0, 2)}`;
      expect(guest.call(name, text) === text, where).toBe(true);
      expect(guest.call('size'), where).toBe(sizeOf(text));
      expect(guest.call('asked')).toBe(index + 1);
    }
  });

  it.each(['narrow', 'wide', 'either'])('with lone surrogates replaced: %s', async (name) => {
    const guest = await guestFrom(ONLY_ALLOCATES, backend);
    expect(guest.call(name, 'a\ud800')).toBe('a\ufffd');
    expect(guest.call(name, `${'long '.repeat(10)}\udc00\ud800b`)).toBe(`${'long '.repeat(10)}\ufffd\ufffdb`);
  });
});
