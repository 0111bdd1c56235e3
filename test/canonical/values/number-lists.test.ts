import { describe, expect, it } from 'vitest';
import {
  isNumberKind,
  loadNumbers,
  NUMBER_KINDS,
  storeNumbers,
  type NumberKind,
} from '../../../engine/src/canonical/values/number-lists.js';
import { contextOf } from '../canonical-context.js';

const PAGE = 65_536;

function stored(
  kind: NumberKind,
  value: unknown,
): { values: unknown; align: number | undefined; charged: number } {
  const { context, allocations, counted } = contextOf();
  const pointer = storeNumbers(context, kind, value);
  const { charged } = counted;
  return {
    values: [...loadNumbers(context, kind, pointer, context.length)],
    align: allocations[0]?.[2],
    charged,
  };
}

describe('storeNumbers() and loadNumbers()', () => {
  it.each<[NumberKind, unknown, unknown[], number]>([
    ['u8', new Uint8Array([1, 255]), [1, 255], 1],
    ['u8', new Uint8Array([7]).buffer, [7], 1],
    ['u8', [1, 255], [1, 255], 1],
    ['s16', [-0x8000, 0x7fff], [-0x8000, 0x7fff], 2],
    ['u32', [2 ** 32 - 1], [2 ** 32 - 1], 4],
    ['u64', [2n ** 64n - 1n], [2n ** 64n - 1n], 8],
    ['s64', new BigInt64Array([-1n]), [-1n], 8],
    ['f32', [0.1, NaN], [Math.fround(0.1), NaN], 4],
    ['f64', new Float32Array([0.5]), [0.5], 8],
    ['f64', [0.1, -Infinity], [0.1, -Infinity], 8],
    ['s8', [], [], 1],
  ])('of %s take %o', (kind, value, values, align) => {
    expect(stored(kind, value)).toEqual({ values, align, charged: values.length * align });
  });

  it.each<[NumberKind, unknown]>([
    ['u8', [256]],
    ['u8', [-1]],
    ['u8', [0.5]],
    ['u8', ['5']],
    ['u8', 'text'],
    ['u8', { length: 1, 0: 1 }],
    ['u8', null],
    ['s8', [128]],
    ['f32', ['5']],
    ['f64', [true]],
    ['f64', [null]],
    ['f64', [1n]],
    ['u64', [5]],
    ['u64', [-1n]],
    ['s64', [2n ** 63n]],
    ['u64', new Uint8Array([1])],
    ['u8', new DataView(new ArrayBuffer(1))],
  ])('of %s refuse %o', (kind, value) => {
    expect(() => stored(kind, value)).toThrow(TypeError);
  });

  it('does not believe an array about its length', () => {
    const lying = (length: number): unknown =>
      new Proxy([1], { get: (target, key) => (key === 'length' ? length : Reflect.get(target, key)) });
    for (const length of [-1, 0.5, 2 ** 32, 2 ** 30])
      expect(() => stored('u8', lying(length))).toThrow(TypeError);
    const array = new Uint8Array([1, 2, 3]);
    Object.defineProperty(array, 'length', { value: 1000 });
    expect(stored('u8', array).values).toEqual([1, 2, 3]);
  });
});

describe('loadNumbers()', () => {
  it.each<[NumberKind, number, number, string]>([
    ['u8', PAGE - 1, 2, 'out of bounds'],
    ['u32', PAGE - 4, 2, 'out of bounds'],
    ['u16', 1, 1, 'unaligned'],
    ['u64', 4, 1, 'unaligned'],
  ])('refuses a list of %s at %i of %i', (kind, pointer, length, message) => {
    expect(() => loadNumbers(contextOf().context, kind, pointer, length)).toThrow(message);
  });

  it('copies, and reads up to the end', () => {
    const { context, memory } = contextOf();
    const list = loadNumbers(context, 'u32', PAGE - 8, 2);
    memory.u8.fill(1);
    expect([...list]).toEqual([0, 0]);
  });
});

describe('isNumberKind()', () => {
  it('knows the kinds', () => {
    expect([...NUMBER_KINDS, 'bool', 'char', 'string'].filter(isNumberKind)).toEqual([...NUMBER_KINDS]);
  });
});
