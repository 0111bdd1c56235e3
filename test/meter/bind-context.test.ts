import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { bindContext } from '../../engine/src/meter/bind-context.js';
import { decodeModule, encodeModule } from '../../engine/src/module/index.js';

const IMPORTS = '(import "c" "get" (func $get (result i32))) (import "c" "set" (func $set (param i32)))';

async function bound(text: string, imports = IMPORTS) {
  const bytes = await parse(`(module ${imports} ${text})`);
  return bindContext(decodeModule(bytes), {
    bytes,
    roleOf: (_, name) => (name === 'get' || name === 'set' ? name : undefined),
  });
}

describe('bindContext()', () => {
  it('makes calls accesses of a global, and calls the host no more', async () => {
    const found = await bound(`(global i32 (i32.const 1))
      (func (export "f") (param i32) (result i32)
        (call $set (i32.add (call $get) (local.get 0))) (call $get))`);
    const { exports } = new WebAssembly.Instance(
      new WebAssembly.Module(encodeModule((found as NonNullable<typeof found>).module).bytes),
      { c: { get: () => 100, set: () => undefined } },
    );
    const f = exports['f'] as (value: number) => number;
    expect([f(3), f(4)]).toEqual([3, 7]);
    expect((exports[found?.global as string] as WebAssembly.Global).value).toBe(7);
  });

  it.each([
    ['exports it', '(export "g" (func $get))'],
    ['puts it into a table', '(table 1 funcref) (elem (i32.const 0) func $get)'],
    ['refers to it in a segment', '(elem funcref (ref.func $get))'],
    ['refers to it in a global', '(global funcref (ref.func $set))'],
    ['refers to it in its code', '(elem declare func $get) (func (drop (ref.func $get)))'],
    ['ends in a tail call of it', '(func (result i32) (return_call $get))'],
  ])('leaves a module alone that %s', async (_, text) => {
    expect(await bound(text)).toBeUndefined();
  });

  it('leaves a module alone that imports none', async () => {
    expect(await bound('', '(import "c" "other" (func))')).toBeUndefined();
  });

  it('refuses a module that is not valid, before there is a global more', async () => {
    await expect(bound('(func (drop (global.get 0)))')).rejects.toThrow(
      expect.objectContaining({ code: 'WP_MODULE_INVALID' }),
    );
  });
});
