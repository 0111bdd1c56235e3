import { readFileSync } from 'node:fs';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { beforeAll, describe, expect, it } from 'vitest';
import { difference } from './difference.js';
import { hostTokens } from './host-tokens.js';
import { ours, subjects, type Subject } from './subjects.js';

const VALUES = readFileSync(new URL('../../plugins-rust/build/values.wasm', import.meta.url));
const NONE = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`a${index}`, false]));
const REFUSED = Symbol('a TypeError');

interface Known {
  /** Reason for which our value is right or intended. */
  why: string;
  /** Function of `echo`, its argument, our result, jco's result. */
  calls: [name: string, argument: unknown, ours: unknown, jco: unknown][];
}

const KNOWN: Known[] = [
  {
    why: 'a string keeps its byte order mark: the specification knows no such thing',
    calls: [
      ['echoString', '\ufeffx', '\ufeffx', 'x'],
      ['listString', ['\ufeff'], ['\ufeff'], ['']],
    ],
  },
  {
    why: 'an integer out of range, or no integer, is refused: jco wraps it silently, save in a list',
    calls: [
      ['echoU8', 256, REFUSED, 0],
      ['echoU8', -1, REFUSED, 255],
      ['echoU8', 1.5, REFUSED, 1],
      ['echoU8', Number.NaN, REFUSED, 0],
      ['echoS32', 2 ** 31, REFUSED, -(2 ** 31)],
      ['echoU64', -1n, REFUSED, 2n ** 64n - 1n],
      ['echoU64', 2n ** 64n, REFUSED, 0n],
      ['listU8', [256], REFUSED, REFUSED],
    ],
  },
  {
    why: 'a value of another JavaScript type is refused: jco converts it',
    calls: [
      ['echoU8', '7', REFUSED, 7],
      ['echoU8', true, REFUSED, 1],
      ['echoU8', undefined, REFUSED, 0],
      ['echoU64', 5, REFUSED, 5n],
      ['echoF64', '1', REFUSED, 1],
      ['echoBool', 1, REFUSED, true],
      ['listBool', [0, 1], REFUSED, [false, true]],
      ['listString', 'abc', REFUSED, ['a', 'b', 'c']],
      ['listString', { length: 1, 0: 'a' }, REFUSED, ['a']],
      ['echoFlagsEight', undefined, REFUSED, NONE],
      ['resultBoth', { tag: 'ok' }, REFUSED, 0],
    ],
  },
  {
    why: 'a char is exactly one scalar value',
    calls: [
      ['echoChar', 'ab', REFUSED, 'a'],
      ['echoChar', '', REFUSED, '\0'],
      ['echoChar', '\ud800', REFUSED, REFUSED],
    ],
  },
  {
    why: 'a typed array of another kind is taken number by number: jco takes its bytes',
    calls: [
      ['listF32', new Float64Array([1, 2]), Float32Array.of(1, 2), Float32Array.of(0, 1.875)],
      ['listU16', new Uint8Array([1, 2, 3, 4]), Uint16Array.of(1, 2, 3, 4), RangeError],
      ['listU8', new Uint16Array([1, 258]), REFUSED, Uint8Array.of(1, 0, 2, 1)],
    ],
  },
  {
    why: 'a list may be any iterable, a tuple has its length, and null is no value of an option of an option’s payload',
    calls: [
      ['listString', new Set(['a']), ['a'], []],
      ['echoTuple', [1, 2, 'x', 4], REFUSED, [1, 2, 'x']],
      ['optionOption', null, { tag: 'none' }, REFUSED],
    ],
  },
  {
    why: 'no difference, and so part of the mapping',
    calls: [
      ['echoU8', -0, 0, 0],
      ['echoString', 'a\ud800b', 'a\ufffdb', 'a\ufffdb'],
      ['echoString', 5, REFUSED, REFUSED],
      ['echoF64', 1n, REFUSED, REFUSED],
      ['echoF32', 0.1, Math.fround(0.1), Math.fround(0.1)],
      ['listF32', [1, 0.1], Float32Array.of(1, 0.1), Float32Array.of(1, 0.1)],
      ['listU8', new Uint8Array([1, 2]).buffer, Uint8Array.of(1, 2), Uint8Array.of(1, 2)],
      ['listU8', Buffer.from([5, 6]), Uint8Array.of(5, 6), Uint8Array.of(5, 6)],
      ['listU8', new Uint8ClampedArray([1, 2]), Uint8Array.of(1, 2), Uint8Array.of(1, 2)],
      ['listU64', [1n], BigUint64Array.of(1n), BigUint64Array.of(1n)],
      ['echoPair', { left: 1 }, REFUSED, REFUSED],
      ['echoPair', null, REFUSED, REFUSED],
      ['echoTuple', [1, 2], REFUSED, REFUSED],
      ['echoColor', 'pink', REFUSED, REFUSED],
      ['echoShape', { tag: 'x' }, REFUSED, REFUSED],
      ['echoShape', { tag: 'nothing', val: 3 }, { tag: 'nothing' }, { tag: 'nothing' }],
      ['echoFlagsEight', {}, NONE, NONE],
      ['echoFlagsEight', { a7: 'yes' }, { ...NONE, a7: true }, { ...NONE, a7: true }],
      ['optionU32', null, undefined, undefined],
      ['optionOption', { tag: 'some' }, { tag: 'some', val: undefined }, { tag: 'some', val: undefined }],
      ['optionOption', 5n, REFUSED, REFUSED],
      ['resultBoth', 5, REFUSED, REFUSED],
    ],
  },
];

function outcomeOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error instanceof TypeError ? REFUSED : (error as Error).constructor;
  }
}

describe('arguments, where jco is known to differ', () => {
  let running: Subject[];

  beforeAll(async () => {
    running = await subjects(VALUES, () => ({
      'wasm-plugin:values/echo': new Proxy({}, { get: () => () => undefined }),
      'wasm-plugin:values/tokens': hostTokens(),
    }));
  });

  it.each(KNOWN.map((known) => [known.why, known.calls] as const))('%s', (_, calls) => {
    for (const [name, argument, wanted, jco] of calls) {
      for (const { name: subject, exports } of running) {
        const outcome = outcomeOf(() => exports['echo']?.[name]?.(argument));
        const found = difference(outcome, subject === 'jco' ? jco : wanted);
        expect(found, `${name}(${String(argument)}), ${subject}`).toBe(undefined);
      }
    }
  });
});

/** A component whose function returns `bytes` as a string, or whatever they hold. */
function returning(encoding: string, units: number, bytes: string): string {
  return `(component
  (core module $m
    (memory (export "memory") 1)
    (data (i32.const 16) "\\20\\00\\00\\00\\${units.toString(16).padStart(2, '0')}\\00\\00\\00")
    (data (i32.const 32) "${bytes}")
    (func (export "f") (result i32) (i32.const 16)))
  (core instance $i (instantiate $m))
  (func (export "f") (result string)
    (canon lift (core func $i "f") (memory (core memory $i "memory")) string-encoding=${encoding})))`;
}

/** Returns the result of a component's function `f` under each engine. */
async function outcomes(text: string, jcoToo = true): Promise<unknown[]> {
  const found = await (jcoToo ? subjects : ours)(await parse(text), () => ({}));
  return found.map(({ exports }) => {
    try {
      return (exports as unknown as { f(): unknown }).f();
    } catch (error) {
      return (error as { code?: string }).code ?? (error as Error).constructor.name;
    }
  });
}

describe('guests, where jco is known to differ', () => {
  it('invalid UTF-8 traps; jco replaces it', async () => {
    expect(await outcomes(returning('utf8', 3, 'a\\ffb'))).toEqual([
      'WP_TRAP_ABI',
      'WP_TRAP_ABI',
      'a\ufffdb',
    ]);
  });

  it('a lone surrogate in UTF-16 traps; jco replaces or keeps it', async () => {
    const [generated, composed, jco] = await outcomes(returning('utf16', 2, 'a\\00\\00\\d8'));
    expect([generated, composed]).toEqual(['WP_TRAP_ABI', 'WP_TRAP_ABI']);
    expect(['a\ufffd', 'a\ud800']).toContain(jco);
  });

  it('latin1+utf16 works; jco panics, and is poisoned for the process: it is not asked', async () => {
    expect(await outcomes(returning('latin1+utf16', 2, 'a\\ff'), false)).toEqual(['aÿ', 'aÿ']);
  });

  it('two versions of an interface are two imports; jco makes them one', async () => {
    const bytes = await parse(`(component
      (import "a:b/c@0.1.0" (instance $c1 (export "f" (func (result u32)))))
      (import "a:b/c@0.2.0" (instance $c2 (export "f" (func (result u32)))))
      (core func $f1 (canon lower (func $c1 "f")))
      (core func $f2 (canon lower (func $c2 "f")))
      (core module $m
        (import "host" "f1" (func $f1 (result i32)))
        (import "host" "f2" (func $f2 (result i32)))
        (func (export "f1") (result i32) (call $f1))
        (func (export "f2") (result i32) (call $f2)))
      (core instance $i (instantiate $m (with "host" (instance (export "f1" (func $f1)) (export "f2" (func $f2))))))
      (func (export "f1") (result u32) (canon lift (core func $i "f1")))
      (func (export "f2") (result u32) (canon lift (core func $i "f2"))))`);
    const answers = (one: number): object => ({ f: () => one });
    const found = await subjects(bytes, (name) =>
      name === 'jco' ? { 'a:b/c': answers(0) } : { 'a:b/c@0.1.0': answers(1), 'a:b/c@0.2.0': answers(2) },
    );
    const given = found.map(({ exports }) => {
      const { f1, f2 } = exports as unknown as Record<string, () => unknown>;
      return [f1?.(), f2?.()];
    });
    expect(given).toEqual([
      [1, 2],
      [1, 2],
      [0, 0],
    ]);
  });
});
