import { describe, expect, it } from 'vitest';
import type { FuncType, ValueType } from '../../../engine/src/canonical/types.js';
import { explainParams, explainResult } from '../../../engine/src/canonical/values/mismatch.js';

const U8 = { kind: 'u8' };
const STRING = { kind: 'string' };

/** Returns the explanation of an argument `x` of a type. */
function wrong(type: object, value: unknown): string {
  return explainParams('f', [{ name: 'x', type: type as ValueType }], [value], 'nothing');
}

describe('explainParams()', () => {
  it.each<[object, unknown, string]>([
    [{ kind: 'bool' }, 1, 'x: wanted a boolean, got 1'],
    [{ kind: 's8' }, 128, 'x: wanted an integer from -128 to 127 (s8)'],
    [{ kind: 's8' }, -129, 'x: wanted an integer'],
    [U8, 256, 'x: wanted an integer from 0 to 255 (u8)'],
    [U8, 0.5, 'x: wanted an integer'],
    [{ kind: 's16' }, 2 ** 15, 'x: wanted an integer from -32768 to 32767 (s16)'],
    [{ kind: 'u16' }, 2 ** 16, 'x: wanted an integer from 0 to 65535 (u16)'],
    [{ kind: 's32' }, 2 ** 31, 'x: wanted an integer from -2^31'],
    [{ kind: 'u32' }, 2 ** 32, 'x: wanted an integer from 0 to 2^32-1 (u32)'],
    [{ kind: 's64' }, 2n ** 63n, 'x: wanted a bigint from -2^63'],
    [{ kind: 'u64' }, 1, 'x: wanted a bigint from 0 to 2^64-1 (u64)'],
    [{ kind: 'f32' }, '1', 'x: wanted a number (f32), got "1"'],
    [{ kind: 'char' }, 'ab', 'x: wanted a string of one Unicode scalar value (char)'],
    [STRING, 1, 'x: wanted a string, got 1'],
    [{ kind: 'flags', names: ['a-b'] }, 1, 'x: wanted an object of booleans (flags "aB")'],
    [{ kind: 'enum', names: ['a', 'b'] }, 'c', 'x: wanted one of "a", "b"'],
    [{ kind: 'option', some: U8 }, 'a', 'x: wanted an integer'],
    [
      { kind: 'option', some: { kind: 'option', some: U8 } },
      1,
      'x: wanted { tag, val } with a tag of "none", "some"',
    ],
    [{ kind: 'result', ok: U8, err: undefined }, { tag: 'ok', val: 'a' }, 'x.val: wanted an integer'],
    [{ kind: 'result', ok: U8, err: undefined }, { tag: 'no' }, 'with a tag of "ok", "err"'],
    [
      { kind: 'variant', cases: [{ name: 'a', type: U8 }] },
      { tag: 'a', val: -1 },
      'x.val: wanted an integer',
    ],
    [{ kind: 'record', fields: [{ name: 'a-b', type: U8 }] }, 1, 'x: wanted an object with "aB"'],
    [{ kind: 'record', fields: [{ name: 'a-b', type: U8 }] }, {}, 'x.aB: wanted an integer'],
    [{ kind: 'tuple', elements: [U8, STRING] }, [1], 'x: wanted an array of 2 elements'],
    [
      { kind: 'tuple', elements: [U8, STRING] },
      { 0: 1, 1: 'a', length: 2 },
      'x: wanted an array of 2 elements',
    ],
    [{ kind: 'tuple', elements: [U8, STRING] }, [1, 2], 'x[1]: wanted a string'],
    [{ kind: 'list', element: U8 }, 1, 'x: wanted an array'],
    [{ kind: 'list', element: STRING }, ['a', 2], 'x[1]: wanted a string, got 2'],
  ])('of %o and %o', (type, value, message) => {
    expect(wrong(type, value)).toContain(`Cannot call "f": `);
    expect(wrong(type, value)).toContain(message);
  });

  it.each<[object, unknown]>([
    [{ kind: 's8' }, -128],
    [{ kind: 's8' }, 127],
    [U8, 255],
    [{ kind: 's16' }, -32768],
    [{ kind: 'u16' }, 65535],
    [{ kind: 's32' }, -(2 ** 31)],
    [{ kind: 'u32' }, 2 ** 32 - 1],
    [{ kind: 'enum', names: ['a'] }, 'a'],
    [{ kind: 'option', some: U8 }, null],
    [{ kind: 'tuple', elements: [U8] }, [1]],
    [{ kind: 'own' }, 1],
  ])('finds nothing wrong of %o with %o, and gives the reason', (type, value) => {
    expect(wrong(type, value)).toBe('Cannot call "f": nothing');
  });
});

describe('explainResult()', () => {
  const of = (result: object | undefined, value: unknown): string =>
    explainResult('log', { kind: 'func', params: [], result } as unknown as FuncType, value);

  it.each<[object | undefined, unknown, string]>([
    [U8, 300, 'result: wanted an integer'],
    [{ kind: 'result', ok: U8, err: STRING }, { tag: 'ok', val: 300 }, 'result: wanted an integer'],
    [{ kind: 'result', ok: U8, err: STRING }, { tag: 'err', val: 1 }, 'the error: wanted a string'],
    [U8, Promise.resolve(1), 'it returned a promise'],
    [undefined, 1, 'the result does not fit its WIT type'],
  ])('of %o', (result, value, message) => {
    expect(of(result, value)).toContain('Cannot return from the host import "log": ');
    expect(of(result, value)).toContain(message);
  });
});
