import { decodeComponent, validateComponent, type ResolvedCoreModule } from '@wasm-plugin/engine/component';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { component, leb, section } from '../../support/component-bytes.js';

const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** Returns the type of a core module, by way of a component that exports it. */
async function typeOf(module: string): Promise<ResolvedCoreModule> {
  const bytes = await parse(`(component (core module $m ${module}) (export "m" (core module $m)))`);
  const item = validateComponent(decodeComponent(bytes)).exports.get('m');
  if (item?.kind !== 'core-module') throw new Error('Cannot find the module');
  return item.type;
}

function errorOf(...sections: number[][]): unknown {
  try {
    validateComponent(
      decodeComponent(new Uint8Array(component(section(1, [...PREAMBLE, ...sections.flat()])))),
    );
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('validateComponent() reads core modules', () => {
  it('validateComponent() knows what a core module imports and exports', async () => {
    const type = await typeOf(`
      (import "a" "f" (func (param i32 f64) (result i64)))
      (import "a" "t" (table 1 2 externref))
      (memory (export "m") 1 3)
      (global (export "g") (mut f32) (f32.const 0))
      (func (export "h") (result v128) unreachable)
      (export "f2" (func 0))`);
    const func = { kind: 'func', params: ['i32', 'f64'], results: ['i64'] };
    expect(type.imports).toEqual(
      new Map([
        [
          'a',
          new Map([
            ['f', { kind: 'func', type: func }],
            [
              't',
              {
                kind: 'table',
                element: '(ref null extern)',
                shared: false,
                minimum: 1n,
                maximum: 2n,
                index64: false,
              },
            ],
          ]),
        ],
      ]),
    );
    expect(type.exports).toEqual(
      new Map<string, unknown>([
        ['m', { kind: 'memory', minimum: 1n, maximum: 3n, shared: false, index64: false }],
        ['g', { kind: 'global', type: 'f32', mutable: true }],
        ['h', { kind: 'func', type: { kind: 'func', params: [], results: ['v128'] } }],
        ['f2', { kind: 'func', type: func }],
      ]),
    );
  });

  it('validateComponent() steps over code without a look into it', () => {
    const code = section(10, [1, 3, 0xff, 0xff, 0xff]);
    expect(errorOf(section(1, [1, 0x60, 0, 0]), section(3, [1, 0]), code)).toBeUndefined();
  });
});

describe('validateComponent() hostile core modules', () => {
  it('validateComponent() reads a recursion group of any length', () => {
    const count = 300_000;
    const types = Array.from({ length: count }, () => [0x60, 0, 0]).flat();
    expect(errorOf(section(1, [1, 0x4e].concat(leb(count), types)))).toBeUndefined();
  });

  it('validateComponent() refuses more items than engines take', () => {
    const count = 1_100_000;
    const types = Array.from({ length: count }, () => [0x60, 0, 0]).flat();
    expect(errorOf(section(1, leb(count).concat(types)))).toMatchObject({ code: 'WP_MODULE_LIMIT' });
  });

  it('validateComponent() quotes names without what would control a terminal', () => {
    const item = [1, 0x1b, 1, 0x6d, 0, 0];
    const error = errorOf(section(1, [1, 0x60, 0, 0]), section(2, [2, ...item, ...item]));
    expect(error).toMatchObject({ message: expect.stringContaining('duplicate import name `\\u{1b}:m`') });
  });
});

describe('validateComponent() refuses core modules', () => {
  it.each([
    ['sections out of order', 'MALFORMED', [section(5, [0]), section(1, [0])]],
    ['a section twice', 'MALFORMED', [section(1, [0]), section(1, [0])]],
    ['an unknown section', 'MALFORMED', [section(14, [0])]],
    ['a section longer than the module', 'MALFORMED', [[1, 9, 0]]],
    ['bytes left over in a section', 'MALFORMED', [section(1, [0, 0])]],
    ['functions without code', 'MALFORMED', [section(1, [1, 0x60, 0, 0]), section(3, [1, 0])]],
    ['an initializer that calls', 'MALFORMED', [section(6, [1, 0x7f, 0, 0x10, 0, 0x0b])]],
    ['a type out of bounds', 'INVALID', [section(3, [1, 0]), section(10, [1, 2, 0, 0x0b])]],
    ['an export out of bounds', 'INVALID', [section(7, [1, 1, 0x6d, 2, 0])]],
    [
      'an export name twice',
      'INVALID',
      [section(5, [1, 0, 1]), section(7, [2, 1, 0x6d, 2, 0, 1, 0x6d, 2, 0])],
    ],
    ['a memory larger than memories can be', 'INVALID', [section(5, [1, 0, 0x81, 0x80, 4])]],
    ['a memory with its maximum below its minimum', 'INVALID', [section(5, [1, 1, 2, 1])]],
  ])('validateComponent() refuses %s', (_, code, sections) => {
    expect(errorOf(...sections)).toMatchObject({ name: 'ModuleError', code: `WP_MODULE_${code}` });
  });

  it('validateComponent() names the section of a core module, and its place in the file', () => {
    expect(errorOf(section(1, [1, 0x55]))).toMatchObject({ offset: 21, section: 'core type' });
  });
});
