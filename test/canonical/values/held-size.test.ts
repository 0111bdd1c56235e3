import { describe, expect, it } from 'vitest';
import { heldSize } from '../../../engine/src/canonical/values/held-size.js';
import type { ValueType } from '../../../engine/src/canonical/types.js';

const of = (type: object): number => heldSize(type as ValueType);
const U8 = { kind: 'u8' };
const STRING = { kind: 'string' };
const record = (count: number): object => ({
  kind: 'record',
  fields: Array.from({ length: count }, (_, at) => ({ name: `f${at}`, type: U8 })),
});

describe('heldSize()', () => {
  it.each<[string, object, number]>([
    ['a small number', U8, 16],
    ['a number', { kind: 'f64' }, 24],
    ['a large number', { kind: 'u64' }, 32],
    ['a text', STRING, 32],
    ['a list of numbers', { kind: 'list', element: U8 }, 264],
    ['a list of texts', { kind: 'list', element: STRING }, 56],
    ['a record of one', record(1), 8 + 24 + 3 * 8 + 16],
    ['a record of four', record(4), 8 + 24 + 4 * 16],
    ['a record of more than V8 keeps fast', record(1001), 8 + 24 + 1001 * (72 + 16)],
    ['a record of as many as it does', record(1000), 8 + 24 + 1000 * 16],
    ['a tuple', { kind: 'tuple', elements: [U8, STRING] }, 8 + 48 + 16 + 32],
    ['flags', { kind: 'flags', names: ['a', 'b', 'c', 'd', 'e'] }, 8 + 24 + 5 * 8],
    ['an option', { kind: 'option', some: STRING }, 8 + 32],
    [
      'an option of an option',
      { kind: 'option', some: { kind: 'option', some: U8 } },
      8 + (24 + 2 * 8 + 8) + 24,
    ],
    ['a result', { kind: 'result', ok: U8, err: STRING }, 8 + (24 + 2 * 8) + 8 + 32],
    ['a result of nothing', { kind: 'result', ok: undefined, err: undefined }, 8 + (24 + 2 * 8) + 8 + 8],
    ['a variant', { kind: 'variant', cases: [{ type: U8 }, { type: undefined }] }, 8 + (24 + 2 * 8) + 8 + 16],
    ['a resource', { kind: 'own' }, 232],
  ])('of %s', (_, type, size) => {
    expect(of(type)).toBe(size);
  });
});
