import { describe, expect, it } from 'vitest';
import { promiseIn, takesPromises } from '../../engine/src/canonical/promise-results.js';
import type { FuncType, ValueType } from '../../engine/src/canonical/types.js';

const taken = (result: unknown): boolean => takesPromises({ params: [], result } as unknown as FuncType);
const U8 = { kind: 'u8' } as ValueType;
const RECORD = { kind: 'record', fields: [] } as unknown as ValueType;

describe('takesPromises()', () => {
  it.each([
    ['nothing', undefined, true],
    ['a record', RECORD, true],
    ['flags', { kind: 'flags', names: [] }, true],
    ['a resource', { kind: 'own' }, true],
    ['a borrowed one', { kind: 'borrow' }, true],
    ['an option of a record', { kind: 'option', some: RECORD }, true],
    ['an option of a number', { kind: 'option', some: U8 }, false],
    ['a number', U8, false],
    ['a text', { kind: 'string' }, false],
    ['a result of a record', { kind: 'result', ok: RECORD, err: U8 }, true],
    ['a result of nothing', { kind: 'result', ok: undefined, err: U8 }, true],
    ['a result of a number', { kind: 'result', ok: U8, err: RECORD }, false],
  ])('of a function that returns %s: %s', (_, result, expected) => {
    expect(taken(result)).toBe(expected);
  });
});

describe('promiseIn()', () => {
  it('finds a promise, also marked as the "ok" of a result', () => {
    const promise = Promise.resolve(1);
    expect(promiseIn(promise)).toBe(promise);
    expect(promiseIn({ tag: 'ok', val: promise })).toBe(promise);
    expect([undefined, null, 1, { val: 1 }].map(promiseIn)).toEqual(Array(4).fill(undefined));
  });
});
