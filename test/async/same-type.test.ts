import { describe, expect, it } from 'vitest';
import { isSameType } from '../../engine/src/async/same-type.js';
import type { ResourceType } from '../../engine/src/canonical/resource-type.js';
import type { ValueType } from '../../engine/src/canonical/types.js';

const [FILE, OTHER] = [{ name: 'file' }, { name: 'file' }] as [ResourceType, ResourceType];
const record = (...names: string[]): ValueType => ({
  kind: 'record',
  fields: names.map((name) => ({ name, type: { kind: 'u8' } })),
});
const result = (ok: ValueType | undefined, err: ValueType | undefined): ValueType => ({
  kind: 'result',
  ok,
  err,
});

describe('isSameType()', () => {
  it.each<[ValueType | undefined, ValueType | undefined]>([
    [undefined, undefined],
    [{ kind: 'u8' }, { kind: 'u8' }],
    [record('a', 'b'), record('a', 'b')],
    [
      { kind: 'own', resource: FILE },
      { kind: 'own', resource: FILE },
    ],
    [
      { kind: 'stream', element: undefined },
      { kind: 'stream', element: undefined },
    ],
  ])('takes equal types for the same: %j', (a, b) => {
    expect(isSameType(a, b)).toBe(true);
    expect(isSameType(a, b)).toBe(true);
  });

  it.each<[ValueType | undefined, ValueType | undefined]>([
    [undefined, { kind: 'u8' }],
    [{ kind: 'u8' }, { kind: 's8' }],
    [record('a', 'b'), record('b', 'a')],
    [record('a'), record('a', 'b')],
    [result({ kind: 'u8' }, undefined), result(undefined, { kind: 'u8' })],
    [
      { kind: 'own', resource: FILE },
      { kind: 'own', resource: OTHER },
    ],
    [
      { kind: 'own', resource: FILE },
      { kind: 'borrow', resource: FILE },
    ],
    [
      { kind: 'enum', names: ['a', 'b'] },
      { kind: 'enum', names: ['a,b'] },
    ],
  ])('tells others apart: %j and %j', (a, b) => expect(isSameType(a, b)).toBe(false));
});
