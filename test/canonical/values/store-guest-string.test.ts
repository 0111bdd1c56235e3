import { describe, expect, it } from 'vitest';
import type { StringEncoding } from '../../../engine/src/canonical/context.js';
import {
  MAX_BYTE_LENGTH,
  UTF16_TAG,
  type GuestString,
} from '../../../engine/src/canonical/values/load-string.js';
import { storeGuestString } from '../../../engine/src/canonical/values/store-guest-string.js';
import { contextOf, type Allocation } from '../canonical-context.js';

const NODE = { utf8: 'utf8', utf16: 'utf16le', latin1: 'latin1' } as const;

/** A string as another component has it. */
function given(text: string, encoding: GuestString['encoding'], tagged = false): GuestString {
  const size = Buffer.from(text, NODE[encoding]).length;
  return { text, encoding, units: encoding === 'utf16' ? size / 2 : size, tagged };
}

/** From; to; the encoding of what is written; its length; the sizes that were asked for: the first, and what it becomes. */
type Row = [
  GuestString,
  StringEncoding,
  keyof typeof NODE,
  number,
  (readonly [size: number, align: number])[],
];

describe('storeGuestString()', () => {
  it.each<Row>([
    [given('grün', 'utf8'), 'utf8', 'utf8', 5, [[5, 1]]],
    [given('abc', 'utf16'), 'utf8', 'utf8', 3, [[3, 1]]],
    [
      given('grün', 'utf16'),
      'utf8',
      'utf8',
      5,
      [
        [4, 1],
        [12, 1],
        [5, 1],
      ],
    ],
    [
      given('日本', 'utf16'),
      'utf8',
      'utf8',
      6,
      [
        [2, 1],
        [6, 1],
      ],
    ],
    [
      given('grün', 'latin1'),
      'utf8',
      'utf8',
      5,
      [
        [4, 1],
        [8, 1],
        [5, 1],
      ],
    ],
    [
      given('üü', 'latin1'),
      'utf8',
      'utf8',
      4,
      [
        [2, 1],
        [4, 1],
      ],
    ],
    [
      given('grün', 'utf8'),
      'utf16',
      'utf16',
      4,
      [
        [10, 2],
        [8, 2],
      ],
    ],
    [given('abc', 'utf8'), 'utf16', 'utf16', 3, [[6, 2]]],
    [given('grün', 'utf16'), 'utf16', 'utf16', 4, [[8, 2]]],
    [given('grün', 'latin1'), 'utf16', 'utf16', 4, [[8, 2]]],
    [given('grün', 'latin1'), 'latin1+utf16', 'latin1', 4, [[4, 2]]],
    [
      given('grün', 'utf8'),
      'latin1+utf16',
      'latin1',
      4,
      [
        [5, 2],
        [4, 2],
      ],
    ],
    [given('abc', 'utf8'), 'latin1+utf16', 'latin1', 3, [[3, 2]]],
    [
      given('a日', 'utf8'),
      'latin1+utf16',
      'utf16',
      2 + UTF16_TAG,
      [
        [4, 2],
        [8, 2],
        [4, 2],
      ],
    ],
    [
      given('a日', 'utf16'),
      'latin1+utf16',
      'utf16',
      2 + UTF16_TAG,
      [
        [2, 2],
        [4, 2],
      ],
    ],
    [
      given('grün', 'utf16', true),
      'latin1+utf16',
      'latin1',
      4,
      [
        [8, 2],
        [4, 2],
      ],
    ],
    [given('a日', 'utf16', true), 'latin1+utf16', 'utf16', 2 + UTF16_TAG, [[4, 2]]],
  ])('writes %j as %s', (source, encoding, written, length, sizes) => {
    const { context, allocations, bytes } = contextOf(encoding, 'component');
    const pointer = storeGuestString(context, source);
    expect(context.length).toBe(length);
    const expected = [...Buffer.from(source.text, NODE[written])];
    expect(bytes(pointer, expected.length)).toEqual(expected);
    expect(allocations.map(([, , align, size]) => [size, align])).toEqual(sizes);
    for (const [index, [old, oldSize]] of allocations.entries()) {
      const before = allocations[index - 1] as Allocation | undefined;
      expect([old > 0, oldSize]).toEqual([before !== undefined, before?.[3] ?? 0]);
    }
  });

  it.each<[GuestString['encoding'], StringEncoding, number]>([
    ['utf8', 'utf8', MAX_BYTE_LENGTH + 1],
    ['utf16', 'utf8', MAX_BYTE_LENGTH + 1],
    ['utf8', 'utf16', 2 ** 27],
    ['utf8', 'latin1+utf16', MAX_BYTE_LENGTH + 1],
  ])('refuses a string in %s that is too long in %s, before anything is allocated', (from, to, units) => {
    const { context, allocations } = contextOf(to, 'component');
    const source: GuestString = { text: '', encoding: from, units, tagged: false };
    expect(() => storeGuestString(context, source)).toThrow('string too long');
    expect(allocations).toEqual([]);
  });

  it('counts what it writes', () => {
    const { context, counted } = contextOf('utf8', 'component');
    storeGuestString(context, given('grün', 'utf16'));
    expect(counted.charged).toBe(4 + 12);
  });
});
