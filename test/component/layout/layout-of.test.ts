import { describe, expect, it } from 'vitest';
import { layoutOf, type TypeToLayOut } from '../../../engine/src/component/layout/index.js';

const U8 = { kind: 'u8' };
const U64 = { kind: 'u64' };
const F32 = { kind: 'f32' };
const flags = (count: number): object => ({
  kind: 'flags',
  names: Array.from({ length: count }, (_, at) => `n${at}`),
});
const cases = (count: number, type?: object): object => ({
  kind: 'variant',
  cases: Array.from({ length: count }, (_, at) => ({ name: `c${at}`, type })),
});
const tuple = (...elements: object[]): object => ({ kind: 'tuple', elements });
const many = (count: number): object => tuple(...Array.from({ length: count }, () => U8));

describe('layoutOf()', () => {
  it.each<[string, object, object]>([
    ['a small number', U8, { size: 1, align: 1, flat: ['i32'] }],
    ['a u16', { kind: 'u16' }, { size: 2, align: 2, flat: ['i32'] }],
    ['a char', { kind: 'char' }, { size: 4, align: 4, flat: ['i32'] }],
    ['a u64', U64, { size: 8, align: 8, flat: ['i64'] }],
    ['a text', { kind: 'string' }, { size: 8, align: 4, flat: ['i32', 'i32'] }],
    ['8 flags', flags(8), { size: 1, align: 1 }],
    ['9 flags', flags(9), { size: 2, align: 2 }],
    ['16 flags', flags(16), { size: 2, align: 2 }],
    ['17 flags', flags(17), { size: 4, align: 4 }],
    ['32 flags', flags(32), { size: 4, align: 4, flat: ['i32'] }],
    ['a tuple', tuple(U8, U64, U8), { size: 24, align: 8, offsets: [0, 8, 16], flat: ['i32', 'i64', 'i32'] }],
    ['a tuple of 16', many(16), { size: 16, flat: Array(16).fill('i32') }],
    ['a tuple of 17', many(17), { size: 17, flat: undefined }],
    ['256 cases', cases(256), { size: 1, discriminant: 1 }],
    ['257 cases', cases(257), { size: 2, discriminant: 2 }],
    ['cases with a u64', cases(2, U64), { size: 16, align: 8, offsets: [8], flat: ['i32', 'i64'] }],
    ['cases with 15', cases(2, many(15)), { flat: Array(16).fill('i32') }],
    ['cases with 16', cases(2, many(16)), { flat: undefined }],
    [
      'cases of different types',
      { kind: 'variant', cases: [{ type: tuple(U8, F32) }, { type: tuple(F32, U64) }, { type: F32 }] },
      { size: 24, offsets: [8], flat: ['i32', 'i32', 'i64'] },
    ],
  ])('of %s', (_, type, expected) => {
    expect(layoutOf(type as TypeToLayOut)).toMatchObject(expected);
  });

  it('is made once for a type', () => {
    const type = tuple(U8) as TypeToLayOut;
    expect(layoutOf(type)).toBe(layoutOf(type));
  });
});

describe('the core type of cases that differ', () => {
  it.each([
    ['u32', 'u32', 'i32'],
    ['f32', 'f32', 'f32'],
    ['u32', 'f32', 'i32'],
    ['f32', 'u32', 'i32'],
    ['u32', 'u64', 'i64'],
    ['f64', 'f32', 'i64'],
    ['f32', 'f64', 'i64'],
    ['u64', 'f32', 'i64'],
    ['f64', 'u32', 'i64'],
    ['f64', 'f64', 'f64'],
  ] as const)('%s and %s is %s', (a, b, joined) => {
    const cases = [a, b].map((kind) => ({ type: { kind } }));
    expect(layoutOf({ kind: 'variant', cases }).flat).toEqual(['i32', joined]);
  });
});
