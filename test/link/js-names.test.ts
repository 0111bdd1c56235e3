import { AbiError } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';

/** Returns the error that refuses a component, or `undefined`. */
async function refusal(text: string): Promise<unknown> {
  return createEngine()
    .load(await parse(`(component ${text})`))
    .then(
      () => undefined,
      (error: unknown) => error,
    );
}

const CORE = `(core module $m (func (export "f")) (func (export "x") (param i32)) (memory (export "mem") 1))
  (core instance $c (instantiate $m))`;
const FUNC = '(func $f (canon lift (core func $c "f")))';
const RESOURCES = '(type $r (resource (rep i32))) (type $s (resource (rep i32)))';
const METHOD = `(type $q (resource (rep i32))) (export $e "q" (type $q))
  (func $f (param "self" (borrow $e)) (canon lift (core func $c "x")))`;

/** An imported function with one parameter of that type. */
const taking = (type: string) =>
  `(import "a:b/i" (instance (type $d ${type}) (export "t" (type $t (eq $d))) (export "f" (func (param "x" (list $t))))))`;

describe('names that are one in JavaScript are refused at load:', () => {
  it.each([
    ['functions', `${CORE} ${FUNC} (export "a1" (func $f)) (export "a-1" (func $f))`, 'the exports', 'a1'],
    [
      'functions of an interface',
      `${CORE} ${FUNC} (instance $i (export "a1" (func $f)) (export "a-1" (func $f))) (export "a:b/i@1.0.0" (instance $i))`,
      'the interface "a:b/i@1.0.0"',
      'a1',
    ],
    ['resources', `${RESOURCES} (export "a1" (type $r)) (export "a-1" (type $s))`, 'the exports', 'A1'],
    [
      'methods',
      `${CORE} ${METHOD} (export "[method]q.a1" (func $f)) (export "[method]q.a-1" (func $f))`,
      'the exports',
      'Q.prototype.a1',
      '[method]q.a1" and "[method]q.a-1',
    ],
    [
      'static functions',
      `${CORE} ${FUNC} (type $q (resource (rep i32))) (export "q" (type $q)) (export "[static]q.a1" (func $f)) (export "[static]q.a-1" (func $f))`,
      'the exports',
      'Q.a1',
      '[static]q.a1" and "[static]q.a-1',
    ],
    [
      'interfaces',
      '(instance $i) (export "a1" (instance $i)) (export "a-1" (instance $i))',
      'the exports',
      'a1',
    ],
    ['imports', '(import "a1" (func)) (import "a-1" (func))', 'the imports', 'a1'],
    [
      'imported functions of an interface',
      '(import "a:b/i" (instance (export "a1" (func)) (export "a-1" (func))))',
      'the interface "a:b/i"',
      'a1',
    ],
    [
      'fields',
      taking('(record (field "a1" u8) (field "a-1" u8))'),
      'a record of the interface "a:b/i"',
      'a1',
    ],
    ['flags', taking('(flags "a1" "a-1")'), 'flags of the interface "a:b/i"', 'a1'],
  ])('%s', async (_what, text, owner, key, names = 'a1" and "a-1') => {
    const error = await refusal(text);
    expect(error).toBeInstanceOf(AbiError);
    expect(error).toMatchObject({
      code: 'WP_ABI_NAMES',
      message: `Cannot load the component: "${names}" of ${owner} are both "${key}" in JavaScript; rename one`,
    });
  });

  it.each([
    ['names that differ in JavaScript', '(import "ab" (func)) (import "a-b" (func)) (import "a-1" (func))'],
    ['cases, which keep their names', taking('(variant (case "a1") (case "a-1"))')],
    ['enums, which keep their names', taking('(enum "a1" "a-1")')],
    ['parameters, which have none', '(import "f" (func (param "a1" u8) (param "a-1" u8)))'],
    [
      'a method beside a static function',
      `${CORE} ${METHOD} (func $g (canon lift (core func $c "f"))) (export "[method]q.a1" (func $f)) (export "[static]q.a-1" (func $g))`,
    ],
    [
      'names of different interfaces',
      '(import "a:b/i" (instance (export "a1" (func)))) (import "a:b/j" (instance (export "a-1" (func))))',
    ],
    ['a component that is nested', '(component (import "a1" (func)) (import "a-1" (func)))'],
  ])('but not %s', async (_what, text) => {
    expect(await refusal(text)).toBeUndefined();
  });

  it('the tools of today refuse them when they make a component', async () => {
    const witSource = 'package a:b;\nworld w { export a1: func(); export a-1: func(); }';
    const module = await componentEmbed({ dummy: true, witSource, world: 'w' });
    await expect(componentNew(module, [])).rejects.toMatchObject({
      payload: expect.stringContaining('export name `a-1` conflicts with previous name `a1`') as string,
    });
  });
});
