import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine } from '@wasm-plugin/engine';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** A component with a function of a shape that no other has: its record's fields have names of their own. */
function shaped(serial: number, fields: number): string {
  const names = Array.from({ length: fields }, (_, at) => `(field "f${serial}-x${at}" u32)`);
  return `(component
    (type $r0 (record ${names.join(' ')}))
    (export $r "r" (type $r0))
    (core module $m (memory (export "m") 1) (func (export "f") (param i32))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
    (core instance $i (instantiate $m))
    (alias core export $i "m" (core memory $mm))
    (alias core export $i "realloc" (core func $realloc))
    (func (export "f") (param "r" $r) (canon lift (core func $i "f") (memory $mm) (realloc $realloc))))`;
}

it('of functions made for plugins that are gone, 4 Mi characters of text are kept at most', async () => {
  const made: { length: number; ref: WeakRef<object> }[] = [];
  const note = (target: FunctionConstructor, args: string[]): object => {
    const template = Reflect.construct(target, args) as object;
    made.push({ length: args.at(-1)?.length ?? 0, ref: new WeakRef(template) });
    return template;
  };
  vi.stubGlobal('Function', new Proxy(Function, { construct: note }));
  for (let serial = 0; serial < 190; serial++) {
    const plugin = await createEngine().load<{ f(r: object): void }>(await parse(shaped(serial, 380)));
    expect(() => plugin.instantiate().exports.f({})).toThrow(TypeError);
  }
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  const length = (of: typeof made): number => of.reduce((sum, { length }) => sum + length, 0);
  expect(length(made)).toBeGreaterThan(2 * 4 * 2 ** 20);
  expect(length(made.filter(({ ref }) => ref.deref() !== undefined))).toBeLessThan(1.1 * 4 * 2 ** 20);
});
