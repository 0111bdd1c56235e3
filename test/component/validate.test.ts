import { decodeComponent, validateComponent } from '@wasm-plugin/engine/component';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { component, leb, name, section, vector } from '../support/component-bytes.js';

async function typeOf(text: string) {
  return validateComponent(decodeComponent(await parse(text)));
}

async function errorOf(text: string): Promise<unknown> {
  return typeOf(text).then(
    () => undefined,
    (error: unknown) => error,
  );
}

function errorOfBytes(bytes: number[]): unknown {
  try {
    validateComponent(decodeComponent(new Uint8Array(bytes)));
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('validateComponent() good input', () => {
  it('validateComponent() returns imports and exports with their types resolved', async () => {
    const type = await typeOf(`(component
      (import "a:b/c@1.0.0" (instance $i
        (export "r" (type $r (sub resource)))
        (export "[method]r.m" (func (param "self" (borrow $r)) (result (list u8))))))
      (alias export $i "r" (type $r))
      (import "f" (func $f (param "x" (own $r))))
      (export "g" (func $f)))`);
    expect([...type.imports.keys()]).toEqual(['a:b/c@1.0.0', 'f']);
    const [instance, imported] = [type.imports.get('a:b/c@1.0.0'), type.imports.get('f')];
    const exported = type.exports.get('g');
    if (instance?.kind !== 'instance' || imported?.kind !== 'func' || exported?.kind !== 'func')
      throw new Error();
    expect(exported.type).toBe(imported.type);
    const resource = instance.type.exports.get('r');
    const taken = imported.type.params[0]?.type;
    if (resource?.type.kind !== 'resource' || taken?.kind !== 'own') throw new Error();
    expect(taken.resource.resource).toBe(resource.type.resource);
    expect(type.imported).toEqual(new Set([resource.type.resource]));
  });

  it('validateComponent() gives each instance resources of its own', async () => {
    const type = await typeOf(`(component
      (component $c (type $r (resource (rep i32))) (export "r" (type $r)))
      (instance $one (instantiate $c)) (instance $two (instantiate $c))
      (export "one" (instance $one)) (export "two" (instance $two)))`);
    expect(type.bound.size).toBe(2);
  });

  it('validateComponent() lets an instance have more exports than wanted', async () => {
    const type = await typeOf(`(component
      (import "i" (instance $i (export "a" (func)) (export "b" (func))))
      (component $c (import "i" (instance (export "a" (func)))))
      (instance (instantiate $c (with "i" (instance $i)))))`);
    expect(type.exports.size).toBe(0);
  });

  it('validateComponent() takes a resource that is made abstract by its export', async () => {
    const type = await typeOf(`(component
      (type $r (resource (rep i32)))
      (export "r" (type $r) (type (sub resource))))`);
    expect(type.bound.size).toBe(1);
  });
});

describe('validateComponent() bad input', () => {
  it.each([
    ['an index out of bounds', '(component (export "a" (func 3)))', 'function index out of bounds'],
    ['a name not in kebab case', '(component (import "aB" (func)))', '`aB` is not in kebab case'],
    [
      'names that differ in case only',
      '(component (import "a" (func)) (import "A" (func)))',
      'import name `A` conflicts with previous name `a`',
    ],
    [
      'a method of a resource unknown there',
      '(component (import "[static]r.m" (func)))',
      'static resource name is not known in this context',
    ],
    ['a version that is none', '(component (import "a:b/c@1.0" (func)))', '`1.0` is not a semantic version'],
    ['a record without fields', '(component (type (record)))', 'at least one field'],
    [
      'a borrow in a result',
      '(component (type $r (resource (rep i32))) (type (func (result (borrow $r)))))',
      'function result cannot contain a `borrow` type',
    ],
    [
      'an export of a type without a name',
      '(component (type $t (record (field "x" u8))) (type $l (list $t)) (export "l" (type $l)))',
      'type not valid to be used as export',
    ],
    [
      'a resource that crosses a component boundary',
      '(component $c (type $r (resource (rep i32))) (component (alias outer $c $r (type))))',
      'cannot alias outer type which transitively refers to resources',
    ],
    [
      'an instantiation without its argument',
      '(component (component $c (import "x" (func))) (instance (instantiate $c)))',
      'missing import named `x`',
    ],
    [
      'resources of two instances as one',
      `(component (import "t" (type $t (sub resource))) (import "u" (type $u (sub resource)))
        (component $c (import "a" (type $a (sub resource))) (import "b" (type (eq $a))))
        (instance (instantiate $c (with "a" (type $t)) (with "b" (type $u)))))`,
      'the resource types are not the same',
    ],
    [
      'a lift without the memory it needs',
      `(component (core module $m (func (export "f") (result i32) i32.const 0))
        (core instance $i (instantiate $m))
        (func (result (tuple u8 u8)) (canon lift (core func $i "f"))))`,
      'canonical option `memory` is required',
    ],
    [
      'a lift of a function of another type',
      `(component (core module $m (func (export "f") (param f32)))
        (core instance $i (instantiate $m))
        (func (param "x" u32) (canon lift (core func $i "f"))))`,
      'lowered parameter types `[i32]` do not match parameter types `[f32]` of core function 0',
    ],
    [
      'resource.rep of a resource of others',
      '(component (import "r" (type $r (sub resource))) (core func (canon resource.rep $r)))',
      'type 0 is not a local resource',
    ],
    [
      'a core import that nothing provides',
      '(component (core module $m (import "a" "b" (func))) (core instance (instantiate $m)))',
      'missing module instantiation argument named `a`',
    ],
    [
      'a core module with an import of the same name twice',
      '(component (core module (import "a" "b" (func)) (import "a" "b" (func))))',
      'duplicate import name `a:b`',
    ],
  ])('validateComponent() refuses %s', async (_, text, message) => {
    expect(await errorOf(text)).toMatchObject({
      name: 'ModuleError',
      code: 'WP_MODULE_INVALID',
      message: expect.stringContaining(message),
    });
  });

  it('validateComponent() says where in two types the difference lies', async () => {
    const error = await errorOf(`(component
      (type $t (record (field "x" (list (tuple u8 string)))))
      (import "t" (type $t2 (eq $t)))
      (import "f" (func $f (param "p" $t2)))
      (component $c
        (type $t (record (field "x" (list (tuple u8 u8)))))
        (import "t" (type $t2 (eq $t)))
        (import "f" (func (param "p" $t2))))
      (instance (instantiate $c (with "t" (type $t2)) (with "f" (func $f)))))`);
    expect(error).toMatchObject({
      message: expect.stringContaining(
        'type mismatch in record field `x`, the list element, tuple element 1: expected u8, found string',
      ),
    });
  });

  it('validateComponent() refuses a fixed-length list by name', async () => {
    expect(await errorOf('(component (type (list u8 4)))')).toMatchObject({
      code: 'WP_MODULE_UNSUPPORTED',
      message: expect.stringContaining('the fixed-length list type is not supported'),
    });
  });

  it('validateComponent() checks the code of core modules if asked to', async () => {
    const decoded = decodeComponent(await parse('(component (core module (func i32.add)))'));
    expect(validateComponent(decoded).exports.size).toBe(0);
    expect(() => validateComponent(decoded, { code: true })).toThrow('the core module does not validate');
  });
});

/** A type section where each type is made of the one before. */
function chain(count: number, make: (previous: number) => number[]): number[] {
  return component(section(7, vector([[0x73], ...Array.from({ length: count }, (_, index) => make(index))])));
}

/** The declaration of an export of the instance type 0. */
function instanceExport(label: string): number[] {
  return [0x04, 0, ...name(label), 5, 0];
}

/** Indices of value types are signed, so those from 64 on take two bytes. */
function valueTypeIndex(value: number): number[] {
  return value < 64 ? [value] : [(value & 0x7f) | 0x80, value >> 7];
}

describe('validateComponent() hostile input', () => {
  it('validateComponent() refuses a type that doubles with each step', () => {
    const bytes = chain(40, (previous) => [0x6f, 2, ...leb(previous), ...leb(previous)]);
    expect(errorOfBytes(bytes)).toMatchObject({ code: 'WP_MODULE_LIMIT' });
  });

  it('validateComponent() refuses value types nested too deep', () => {
    const bytes = chain(5000, (previous) => [0x6b, ...valueTypeIndex(previous)]);
    expect(errorOfBytes(bytes)).toMatchObject({ code: 'WP_MODULE_LIMIT' });
  });

  it('validateComponent() refuses instance types that double with each step', () => {
    const types = Array.from({ length: 40 }, (_, index) =>
      [[0x42, 3, 0x02, 0x03, 0x02, 1], leb(index), instanceExport('a'), instanceExport('b')].flat(),
    );
    expect(errorOfBytes(component(section(7, vector([[0x42, 0], ...types]))))).toMatchObject({
      code: 'WP_MODULE_LIMIT',
    });
  });

  it('validateComponent() gives up on work out of proportion to the file', () => {
    const count = 1000;
    const inner = component(
      section(7, vector(Array.from({ length: count }, () => [0x72, 1, ...name('x'), 0x7d]))),
      section(
        11,
        vector(Array.from({ length: count }, (_, index) => [0, ...name(`t${index}`), 3, ...leb(index), 0])),
      ),
    );
    const instances = Array.from({ length: 4000 }, () => [0, 0, 0]);
    expect(errorOfBytes(component(section(4, inner), section(5, vector(instances))))).toMatchObject({
      code: 'WP_MODULE_LIMIT',
      message: expect.stringContaining('type checking takes too many steps'),
    });
  });

  it('validateComponent() refuses more instances than anyone needs', () => {
    const instances = Array.from({ length: 5000 }, () => [1, 0]);
    expect(errorOfBytes(component(section(5, vector(instances))))).toMatchObject({ code: 'WP_MODULE_LIMIT' });
  });
});
