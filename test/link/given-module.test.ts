import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';

/** Links a component that imports `m` of the type; returns how that ended. */
async function linked(type: string, module: string, as: 'bytes' | 'module'): Promise<string> {
  const bytes = new Uint8Array(await parse(module));
  const given = as === 'bytes' ? bytes : new WebAssembly.Module(bytes);
  const plugin = await createEngine().load(await parse(`(component (import "m" (core module ${type})))`));
  try {
    plugin.instantiate({ imports: { m: given } });
    return 'linked';
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    expect(message).toContain(
      'Cannot instantiate: the core module that the host gives for "m" does not fit: ',
    );
    return code;
  }
}

const F = '(export "f" (func (result i32)))';
const A_F = '(import "a" "f" (func))';

/** The declared type, a module, and whether it fits: by its bytes, and by kinds alone. */
const CASES: [type: string, module: string, bytes: boolean, kinds: boolean][] = [
  ['', '(module)', true, true],
  ['', '(module (func (export "more")))', true, true],
  [A_F, '(module)', true, true],
  [A_F, '(module (import "a" "f" (func)))', true, true],
  ['', '(module (import "a" "f" (func)))', false, false],
  [A_F, '(module (import "a" "g" (func)))', false, false],
  [A_F, '(module (import "b" "f" (func)))', false, false],
  [A_F, '(module (import "a" "f" (global i32)))', false, false],
  [A_F, '(module (import "a" "f" (func (param i32))))', false, true],
  [F, '(module)', false, false],
  [F, '(module (global (export "f") i32 (i32.const 0)))', false, false],
  [F, '(module (func (export "f") (result i32) (i32.const 7)))', true, true],
  [F, '(module (func (export "f") (result f64) (f64.const 7.5)))', false, true],
  ['(export "f" (func (param i32 i64)))', '(module (func (export "f") (param i64 i32)))', false, true],
  ['(export "g" (global i32))', '(module (global (export "g") i32 (i32.const 0)))', true, true],
  ['(export "g" (global i32))', '(module (global (export "g") (mut i32) (i32.const 0)))', false, true],
  ['(export "g" (global i32))', '(module (global (export "g") i64 (i64.const 0)))', false, true],
  ['(export "m" (memory 1))', '(module (memory (export "m") 2))', true, true],
  ['(export "m" (memory 1))', '(module (memory (export "m") 0))', false, true],
  ['(export "m" (memory 1 2))', '(module (memory (export "m") 1))', false, true],
  ['(export "m" (memory 1 2))', '(module (memory (export "m") 1 3))', false, true],
  ['(export "t" (table 1 funcref))', '(module (table (export "t") 1 funcref))', true, true],
  ['(export "t" (table 1 funcref))', '(module (table (export "t") 0 funcref))', false, true],
  ['(export "t" (table 1 funcref))', '(module (table (export "t") 1 externref))', false, true],
  ['(export "t" (table 1 funcref))', '(module (memory (export "t") 1))', false, false],
];

describe('a core module that the host gives for an import', () => {
  it.each(CASES)('declared %j, given %j: bytes fit: %j, compiled: %j', async (type, module, bytes, kinds) => {
    expect(await linked(type, module, 'bytes')).toBe(bytes ? 'linked' : 'WP_LINK');
    expect(await linked(type, module, 'module')).toBe(kinds ? 'linked' : 'WP_LINK');
  });

  it('is held against its type as a member of an interface too', async () => {
    const text =
      '(component (import "a:b/c" (instance (export "the-module" (core module (export "f" (func)))))))';
    const plugin = await createEngine().load(await parse(text));
    const give = (theModule: unknown) => () => plugin.instantiate({ imports: { 'a:b/c': { theModule } } });
    expect(give(await parse('(module (func (export "f")))'))).not.toThrow();
    expect(give(await parse('(module)'))).toThrow(
      'Cannot instantiate: the core module that the host gives for "a:b/c#theModule" does not fit: type mismatch in export `f`: expected (func), found nothing',
    );
  });

  it('runs as given, and is refused where it is none', async () => {
    const text = `(component (import "m" (core module $m ${F}))
      (core instance $i (instantiate $m)) (func (export "run") (result u32) (canon lift (core func $i "f"))))`;
    const plugin = await createEngine().load(await parse(text));
    const m = await parse('(module (func (export "f") (result i32) (i32.const 7)))');
    expect(plugin.instantiate<{ run(): number }>({ imports: { m } }).exports.run()).toBe(7);
    const give = (given: unknown) => () => plugin.instantiate({ imports: { m: given } });
    const refusal = (code: string): unknown => expect.objectContaining({ code });
    expect(give(m.subarray(0, 20))).toThrow(refusal('WP_MODULE_MALFORMED') as Error);
    expect(give(Uint8Array.of(1, 2, 3))).toThrow(refusal('WP_MODULE_MALFORMED') as Error);
    expect(give('m')).toThrow(refusal('WP_IMPORT_MISSING') as Error);
  });
});
