import { describe, expect, it } from 'vitest';
import { bytesArgument, countArgument, textArgument } from '../../engine/src/sandbox/argument.js';

describe('textArgument()', () => {
  it('takes text, and names what is none', () => {
    expect(textArgument('a', 'path')).toBe('a');
    for (const value of [1, undefined, ['a'], new Uint8Array(1)])
      expect(() => textArgument(value, 'path')).toThrow('Cannot use the argument "path": wanted a string');
  });
});

describe('countArgument()', () => {
  it('takes a number of 64 bits, at most the given one', () => {
    expect([0n, 9n, 10n, 11n, 2n ** 64n - 1n].map((value) => countArgument(value, 10))).toEqual([
      0, 9, 10, 10, 10,
    ]);
    for (const value of [-1n, 1, '1', undefined]) expect(() => countArgument(value, 10)).toThrow(TypeError);
  });
});

describe('bytesArgument()', () => {
  it('takes bytes', () => {
    const bytes = new Uint8Array([1]);
    expect(bytesArgument(bytes)).toBe(bytes);
    for (const value of ['a', [1], new Uint16Array(1), undefined])
      expect(() => bytesArgument(value)).toThrow(TypeError);
  });
});
