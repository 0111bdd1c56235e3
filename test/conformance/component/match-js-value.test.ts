import { describe, expect, test } from 'vitest';
import type { ComponentValue } from '../../wast/index.js';
import { matchesJsValue } from './match-js-value.js';
import { toJsValue } from './to-js-value.js';

const u8 = (value: number): ComponentValue => ({ kind: 'u8', value });
const some = (value: ComponentValue | undefined): ComponentValue => ({ kind: 'option', some: value });

const CASES: [string, ComponentValue, unknown][] = [
  ['a list of numbers', { kind: 'list', items: [u8(1), u8(2)] }, Uint8Array.of(1, 2)],
  ['a list of strings', { kind: 'list', items: [{ kind: 'str', value: 'a' }] }, ['a']],
  ['a tuple', { kind: 'tuple', items: [u8(1), { kind: 'u64', value: 2n }] }, [1, 2n]],
  ['a record', { kind: 'record', fields: [{ name: 'a-b', value: u8(1) }] }, { aB: 1 }],
  ['a variant', { kind: 'variant', name: 'a-b', payload: u8(1) }, { tag: 'a-b', val: 1 }],
  ['a variant without payload', { kind: 'variant', name: 'a', payload: undefined }, { tag: 'a' }],
  ['a result', { kind: 'result', tag: 'err', payload: u8(1) }, { tag: 'err', val: 1 }],
  ['an enum', { kind: 'enum', name: 'a-b' }, 'a-b'],
  ['flags', { kind: 'flags', names: ['a-b'] }, { aB: true }],
  ['a float', { kind: 'f32', bits: 0x80000000n }, -0],
  ['none', some(undefined), undefined],
  ['some', some(u8(1)), 1],
  ['some of none', some(some(undefined)), { tag: 'some', val: undefined }],
  ['some of some', some(some(u8(1))), { tag: 'some', val: 1 }],
];

describe('toJsValue() gives the JavaScript form', () => {
  test.each(CASES)('of %s', (_, value, js) => expect(toJsValue(value)).toEqual(js));
});

describe('matchesJsValue() takes', () => {
  test.each(CASES)('%s', (_, value, js) => expect(matchesJsValue(value, js)).toBe(true));
  test('flags that are not set', () => {
    expect(matchesJsValue({ kind: 'flags', names: ['a'] }, { a: true, b: false })).toBe(true);
  });
});

describe('matchesJsValue() refuses', () => {
  test.each<[string, ComponentValue, unknown]>([
    ['a longer list', { kind: 'list', items: [u8(1)] }, Uint8Array.of(1, 2)],
    ['another element', { kind: 'list', items: [u8(1)] }, Uint8Array.of(2)],
    ['a number for a bigint', { kind: 'u64', value: 1n }, 1],
    ['zero for negative zero', { kind: 'f64', bits: 1n << 63n }, 0],
    [
      'a record with another field',
      { kind: 'record', fields: [{ name: 'a', value: u8(1) }] },
      { a: 1, b: 2 },
    ],
    ['another case', { kind: 'variant', name: 'a', payload: undefined }, { tag: 'b' }],
    [
      'a payload where there is none',
      { kind: 'variant', name: 'a', payload: undefined },
      { tag: 'a', val: 1 },
    ],
    ['another flag', { kind: 'flags', names: ['a'] }, { a: true, b: true }],
    ['some for none', some(undefined), 1],
    ['none for some', some(u8(1)), undefined],
  ])('%s', (_, value, js) => expect(matchesJsValue(value, js)).toBe(false));
});
