import { decodeComponent } from '@wasm-plugin/engine/component';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { component, leb, name, section, vector } from '../support/component-bytes.js';

const CORE_MODULE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

function decode(...sections: number[][]) {
  return decodeComponent(new Uint8Array(component(...sections))).definitions;
}

function errorOf(bytes: number[]): unknown {
  try {
    decodeComponent(new Uint8Array(bytes));
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('decodeComponent() good input', () => {
  it('decodeComponent() reads an empty component', () => {
    expect(decodeComponent(new Uint8Array(component()))).toEqual({ start: 0, end: 8, definitions: [] });
  });

  it('decodeComponent() keeps sections in order, with their offsets', () => {
    expect(decode(section(7, vector([[0x73], [0x70, 0x00]])), section(0, name('note')))).toEqual([
      { kind: 'type', at: 11, type: { kind: 'primitive', type: 'string' } },
      { kind: 'type', at: 12, type: { kind: 'list', element: 0 } },
      { kind: 'custom', at: 16, name: 'note', bytes: new Uint8Array(0) },
    ]);
  });

  it('decodeComponent() gives a core module as a view of the file', () => {
    const bytes = new Uint8Array(component(section(1, CORE_MODULE)));
    const [module] = decodeComponent(bytes).definitions;
    expect(module).toMatchObject({ kind: 'core-module', at: 10 });
    expect(module?.kind === 'core-module' && module.bytes.buffer).toBe(bytes.buffer);
  });

  it('decodeComponent() counts the offsets of a nested component from the start of the file', () => {
    expect(decode(section(4, component(section(7, vector([[0x79]])))))).toEqual([
      {
        kind: 'component',
        at: 10,
        component: {
          start: 10,
          end: 22,
          definitions: [{ kind: 'type', at: 21, type: { kind: 'primitive', type: 'u32' } }],
        },
      },
    ]);
  });

  it('decodeComponent() reads every kind of value type', async () => {
    const bytes = await parse(`(component
      (type (record (field "a" u8))) (type (variant (case "x" s8) (case "y")))
      (type (tuple s16 f64)) (type (flags "f")) (type (enum "e")) (type (option char))
      (type (result)) (type (result u64)) (type (result (error bool)))
      (type (resource (rep i32))) (type (own 9)) (type (borrow 9)) (type (list f32 4)))`);
    const types = decodeComponent(bytes).definitions.map((each) => each.kind === 'type' && each.type);
    expect(types).toEqual([
      { kind: 'record', fields: [{ name: 'a', type: 'u8' }] },
      { kind: 'variant', cases: [{ name: 'x', type: 's8' }, { name: 'y' }] },
      { kind: 'tuple', elements: ['s16', 'f64'] },
      { kind: 'flags', names: ['f'] },
      { kind: 'enum', names: ['e'] },
      { kind: 'option', some: 'char' },
      { kind: 'result' },
      { kind: 'result', ok: 'u64' },
      { kind: 'result', err: 'bool' },
      { kind: 'resource' },
      { kind: 'own', resource: 9 },
      { kind: 'borrow', resource: 9 },
      { kind: 'list', element: 'f32', length: 4 },
    ]);
  });

  it('decodeComponent() reads canonical definitions with their options', async () => {
    const bytes = await parse(`(component
      (import "f" (func $f (param "s" string)))
      (core module $m (memory (export "m") 1) (func (export "r") (param i32 i32 i32 i32) (result i32) i32.const 0))
      (core instance $i (instantiate $m))
      (alias core export $i "m" (core memory $m))
      (alias core export $i "r" (core func $r))
      (core func (canon lower (func $f) string-encoding=utf16 (memory $m) (realloc $r))))`);
    expect(decodeComponent(bytes).definitions.find((each) => each.kind === 'canon')).toMatchObject({
      canon: {
        kind: 'lower',
        func: 0,
        options: [{ kind: 'utf16' }, { kind: 'memory', memory: 0 }, { kind: 'realloc', func: 0 }],
      },
    });
  });

  it('decodeComponent() reads async types, and the built-ins for them', async () => {
    const bytes = await parse(`(component
      (type $s (stream u8)) (type $f (future)) (type (func async (param "s" $s)))
      (import "f" (func $g async))
      (core func (canon task.cancel)) (core func (canon subtask.cancel)) (core func (canon task.return (result u8)))
      (core func (canon stream.new $s)) (core func (canon stream.cancel-read $s))
      (core func (canon future.drop-writable $f)) (core func (canon lower (func $g) async)))`);
    const { definitions } = decodeComponent(bytes);
    expect(definitions.flatMap((each) => (each.kind === 'type' ? each.type : []))).toMatchObject([
      { kind: 'stream', element: 'u8' },
      { kind: 'future' },
      { kind: 'func', async: true },
      { kind: 'func', async: true },
    ]);
    expect(definitions.flatMap((each) => (each.kind === 'canon' ? each.canon : []))).toEqual([
      { kind: 'task.cancel' },
      { kind: 'subtask.cancel', async: false },
      { kind: 'task.return', result: 'u8', options: [] },
      { kind: 'stream.new', type: 0 },
      { kind: 'stream.cancel-read', type: 0, async: false },
      { kind: 'future.drop-writable', type: 1 },
      { kind: 'lower', func: 0, options: [{ kind: 'async' }] },
    ]);
  });

  it('decodeComponent() reads the attributes of a name', async () => {
    const bytes = await parse('(component (import "a" (implements "b:c/d") (external-id "x") (instance)))');
    expect(decodeComponent(bytes).definitions.find((each) => each.kind === 'import')).toMatchObject({
      name: 'a',
      implements: 'b:c/d',
      externalId: 'x',
    });
  });
});

describe('decodeComponent() bad input', () => {
  it.each([
    ['nothing', []],
    ['half a preamble', component().slice(0, 6)],
    ['an unknown section', component(section(13, []))],
    ['a section longer than the file', [...component(), 7, 9, 0]],
    ['bytes left over in a section', component(section(7, [1, 0x73, 0x73]))],
    ['a count larger than the section', component(section(7, [...leb(1000), 0x73]))],
    ['an integer of more than 32 bits', component([7, 0x81, 0x80, 0x80, 0x80, 0x70])],
    ['a name that is not UTF-8', component(section(0, [2, 0xff, 0xfe]))],
    ['an unknown type', component(section(7, [1, 0x44]))],
    ['an unknown sort', component(section(6, [1, 6, 2, 0, 0]))],
    ['a negative type index', component(section(7, [1, 0x70, 0x40]))],
  ])('decodeComponent() refuses %s as malformed', (_, bytes) => {
    expect(errorOf(bytes)).toMatchObject({ name: 'ModuleError', code: 'WP_MODULE_MALFORMED' });
  });

  it('decodeComponent() says what to do with a core module', () => {
    expect(errorOf(CORE_MODULE)).toMatchObject({ message: expect.stringContaining('found a core module') });
  });

  it('decodeComponent() names the place in the file and the section', () => {
    expect(errorOf(component(section(4, component(section(8, [1, 0x55])))))).toMatchObject({
      offset: 21,
      section: 'canon',
      message:
        'Cannot load the module: invalid leading byte (0x55) for canonical function (at offset 0x15, in the canon section)',
    });
  });

  it.each([
    ['(component (type (list error-context)))', 'the type error-context is not supported'],
    ['(component (core func (canon thread.index)))', 'the built-in thread.index is not supported'],
    ['(component (import "v" (value string)))', 'the import or export of a value is not supported'],
  ])('decodeComponent() refuses %s by name', async (text, message) => {
    expect(errorOf([...(await parse(text))])).toMatchObject({
      code: 'WP_MODULE_UNSUPPORTED',
      message: expect.stringContaining(message),
    });
  });

  it('decodeComponent() refuses components nested too deep', () => {
    let bytes = component();
    for (let depth = 0; depth < 200; depth++) bytes = component(section(4, bytes));
    expect(errorOf(bytes)).toMatchObject({ code: 'WP_MODULE_LIMIT' });
  });

  it('decodeComponent() refuses types nested too deep', () => {
    let type = [0x42, 0];
    for (let depth = 0; depth < 200; depth++) type = [0x42, 1, 0x01, ...type];
    expect(errorOf(component(section(7, [1, ...type])))).toMatchObject({ code: 'WP_MODULE_LIMIT' });
  });

  it('decodeComponent() refuses more definitions than it would hold in memory', () => {
    const types = Array.from({ length: 600_000 }, () => 0x73);
    const bytes = component(section(7, leb(types.length).concat(types)));
    expect(errorOf(bytes)).toMatchObject({ code: 'WP_MODULE_LIMIT' });
  });
});
