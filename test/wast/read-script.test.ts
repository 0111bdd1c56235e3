import { describe, expect, test } from 'vitest';
import { readScript } from './read-script.js';
import { WastError } from './wast-error.js';

describe('readScript() reads', () => {
  test('modules as text, bytes and quotes, with the lines they begin on', () => {
    const script = [
      '(module $m (func))',
      '(module binary "\\00a" "sm")',
      '(module definition $d quote "(func" ")")',
    ];
    expect(readScript(script.join('\n;; more\n'))).toEqual([
      {
        kind: 'module',
        line: 1,
        instantiate: true,
        source: { kind: 'module', id: '$m', form: 'text', text: '(module $m (func))', bytes: undefined },
      },
      {
        kind: 'module',
        line: 3,
        instantiate: true,
        source: {
          kind: 'module',
          id: undefined,
          form: 'binary',
          text: undefined,
          bytes: Uint8Array.from([0, 0x61, 0x73, 0x6d]),
        },
      },
      {
        kind: 'module',
        line: 5,
        instantiate: false,
        source: { kind: 'module', id: '$d', form: 'quote', text: '(func ) ', bytes: undefined },
      },
    ]);
  });

  test('the text of a definition without that keyword', () => {
    expect(readScript('(component definition $c (import "a" (func)))')).toMatchObject([
      { instantiate: false, source: { kind: 'component', text: '(component  $c (import "a" (func)))' } },
    ]);
  });

  test('quotes of components as whole components', () => {
    expect(readScript('(component quote "(type" "u8)")')).toMatchObject([
      { source: { text: '(component (type u8) )' } },
    ]);
  });

  test('a script of bare fields as one module', () => {
    expect(readScript('(func) (memory 0)')).toMatchObject([
      { kind: 'module', source: { text: '(func) (memory 0)' } },
    ]);
  });

  test('comments, annotations and strings with parentheses', () => {
    const script = '(; (; ) ;) ;) (@a ; "(" (@b) ]) (register "(;" $a) ;; )';
    expect(readScript(script)).toEqual([{ kind: 'register', name: '(;', instance: '$a', line: 1 }]);
  });

  test('core values by their bits', () => {
    const [directive] = readScript(
      '(invoke $i "f" (i32.const -1) (i64.const 0xffffffffffffffff) (f32.const -nan:0x1) (v128.const i8x16 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 -1) (ref.null func) (ref.extern 3))',
    );
    expect(directive).toMatchObject({
      action: {
        instance: '$i',
        args: [
          { core: { type: 'i32', value: -1 } },
          { core: { type: 'i64', value: -1n } },
          { core: { type: 'f32', bits: 0xff800001n } },
          { core: { type: 'v128', bits: 0xff0f0e0d0c0b0a090807060504030201n } },
          { core: { type: 'ref.null', heap: 'func' } },
          { core: { type: 'ref.extern', value: 3 } },
        ],
      },
    });
  });

  test('patterns of results', () => {
    const [directive] = readScript(
      '(assert_return (invoke "f") (f64.const nan:canonical) (ref.func) (either (i32.const 1) (i32.const 2)))',
    );
    expect(directive).toMatchObject({
      results: [
        { core: { type: 'f64', nan: 'canonical' } },
        { core: { type: 'ref', heap: 'func' } },
        { core: { type: 'either', options: [{ value: 1 }, { value: 2 }] } },
      ],
    });
  });

  test('component values, with short fields', () => {
    const [, directive] = readScript(
      `(component) (assert_return (invoke "f" (option.some (enum.const "a")))
        (record.const (field "a" (list.const (u8.const 1))) (field "b" str.const "\\u{e9}")))`,
    );
    expect(directive).toMatchObject({
      action: { args: [{ component: { kind: 'option', some: { kind: 'enum', name: 'a' } } }] },
      results: [
        {
          component: {
            kind: 'record',
            fields: [
              { name: 'a', value: { kind: 'list', items: [{ kind: 'u8', value: 1 }] } },
              { name: 'b', value: { kind: 'str', value: 'é' } },
            ],
          },
        },
      ],
    });
  });

  test('forms it does not know by their name', () => {
    expect(readScript('(assert_new (module))')).toEqual([{ kind: 'unknown', name: 'assert_new', line: 1 }]);
  });
});

describe('readScript() refuses', () => {
  test.each([
    ['an unclosed list', '(module'],
    ['an unexpected parenthesis', '(module))'],
    ['an unclosed comment', '(; (; ;)'],
    ['an unclosed string', '(register "a)'],
    ['an unknown escape', '(register "\\z")'],
    ['a surrogate', '(register "\\u{d800}")'],
    ['an integer out of range', '(invoke "f" (i32.const 0x100000000))'],
    ['an unknown value', '(invoke "f" (u33.const 0))'],
  ])('%s', (_, script) => expect(() => readScript(script)).toThrow(WastError));
});
