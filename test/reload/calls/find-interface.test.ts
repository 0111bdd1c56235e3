import { findInterface, interfaceNames } from '#internals';
import { describe, expect, it } from 'vitest';

const count = (): number => 1;

describe('findInterface()', () => {
  const exports = { 'a:b/c@1.2.0': { count }, 'a:b/c@2.0.0': { count: () => 2 }, c: { count: () => 3 } };

  it.each([
    ['a:b/c@1.2.0', 1],
    ['a:b/c@1.0.0', 1],
    ['a:b/c@2.0.0', 2],
    ['a:b/c', 2],
  ])('finds %s in its newest compatible version', (name, result) => {
    expect(findInterface(exports, name)?.['count']?.()).toBe(result);
  });

  it.each(['a:b/c@3.0.0', 'c', 'a:b/d'])('finds no %s', (name) => {
    expect(findInterface(exports, name)).toBeUndefined();
  });
});

describe('interfaceNames()', () => {
  it('shares the names of equal exports', () => {
    expect(interfaceNames(['a:b/c', 'a:b/d'])).toBe(interfaceNames(['a:b/c', 'a:b/d']));
    expect(interfaceNames(['a:b/c'])).not.toBe(interfaceNames(['a:b/d']));
  });

  it('keeps a bounded number of them', () => {
    const first = interfaceNames(['x:y/z']);
    for (let index = 0; index < 200; index++) interfaceNames([`x:y/z${index}`]);
    expect(interfaceNames(['x:y/z'])).not.toBe(first);
  });
});
