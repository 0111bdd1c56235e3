import { describe, expect, it } from 'vitest';
import { charCode, charFrom, checkS64, checkU64 } from '../../../engine/src/canonical/values/scalars.js';

describe('charCode()', () => {
  it.each([
    ['a', 0x61],
    ['\0', 0],
    ['\ud7ff', 0xd7ff],
    ['\ue000', 0xe000],
    ['\uffff', 0xffff],
    ['\u{10000}', 0x10000],
    ['\u{10ffff}', 0x10ffff],
  ])('of %j is %i', (text, code) => {
    expect([charCode(text), charFrom(code)]).toEqual([code, text]);
  });

  it.each([['ab'], [''], ['\ud800'], ['\udfff'], ['\u{10000}a'], [97], [undefined]])(
    'refuses %j',
    (value) => {
      expect(() => charCode(value)).toThrow(TypeError);
    },
  );
});

describe('charFrom()', () => {
  it.each([
    [0xd800, 'surrogate'],
    [0xdfff, 'surrogate'],
    [0x110000, 'integer out of range'],
    [-1, 'integer out of range'],
  ])('refuses %i', (code, message) => {
    expect(() => charFrom(code)).toThrow(message);
  });
});

describe('checkS64() and checkU64()', () => {
  const [low, high] = [-(2n ** 63n), 2n ** 63n - 1n];

  it('take the numbers of their range', () => {
    expect([low, 0n, high].map(checkS64)).toEqual([low, 0n, high]);
    expect([0n, 2n ** 64n - 1n].map(checkU64)).toEqual([0n, 2n ** 64n - 1n]);
  });

  it('refuse others, and what is no bigint', () => {
    for (const value of [low - 1n, high + 1n, 1, undefined]) expect(() => checkS64(value)).toThrow(TypeError);
    for (const value of [-1n, 2n ** 64n, 1, '1']) expect(() => checkU64(value)).toThrow(TypeError);
  });
});
