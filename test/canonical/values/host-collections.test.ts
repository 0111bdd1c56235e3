import { describe, expect, it } from 'vitest';
import {
  arrayFrom,
  elementsFrom,
  objectFrom,
} from '../../../engine/src/canonical/values/host-collections.js';

describe('objectFrom()', () => {
  it('takes objects of any kind', () => {
    const made = new Date();
    expect([objectFrom(made), objectFrom([])]).toEqual([made, []]);
  });

  it.each([[null], [undefined], [1], ['text'], [() => 1]])('refuses %s', (value) => {
    expect(() => objectFrom(value)).toThrow(TypeError);
  });
});

describe('elementsFrom()', () => {
  it('takes an array of that length', () => {
    expect(elementsFrom([1, 2], 2)).toEqual([1, 2]);
    for (const value of [[1], [1, 2, 3], new Uint8Array(2), { length: 2 }, 'ab'])
      expect(() => elementsFrom(value, 2)).toThrow(TypeError);
  });
});

describe('arrayFrom()', () => {
  it('takes arrays as they are, and copies what is iterable', () => {
    const array = [1, 2];
    expect(arrayFrom(array)).toBe(array);
    expect(arrayFrom(new Set([1, 2]))).toEqual([1, 2]);
    expect(arrayFrom(new Uint8Array([3]))).toEqual([3]);
  });

  it.each([['text'], [1], [null], [{ length: 1 }], [undefined]])('refuses %j', (value) => {
    expect(() => arrayFrom(value)).toThrow(TypeError);
  });

  it('ends what has no end', () => {
    const endless = {
      *[Symbol.iterator]() {
        for (;;) yield 0;
      },
    };
    expect(() => arrayFrom(endless)).toThrow(TypeError);
  });
});
