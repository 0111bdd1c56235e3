import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';

/** Exports the same function under names, alone and in interfaces. */
async function exportsOf({ functions = [] as string[], interfaces = [] as string[] }) {
  const text = `(component
    (core module $m (func (export "f") (result i32) (i32.const 7)))
    (core instance $i (instantiate $m))
    (func $f (result u32) (canon lift (core func $i "f")))
    (instance $ops (export "get-it" (func $f)))
    ${functions.map((name) => `(export "${name}" (func $f))`).join(' ')}
    ${interfaces.map((name) => `(export "${name}" (instance $ops))`).join(' ')})`;
  return (await createEngine().load(await parse(text))).instantiate().exports;
}

describe('jsExports()', () => {
  it('names functions in camel case', async () => {
    const exports = await exportsOf({ functions: ['get-http-url', 'then'] });
    expect(Object.keys(exports)).toEqual(['getHttpUrl', 'then_']);
    expect((exports['getHttpUrl'] as () => number)()).toBe(7);
  });

  it('has an interface under its name, and under the short one where that is free', async () => {
    const exports = await exportsOf({
      interfaces: ['acme:a/http-ops@1.0.0', 'acme:b/http-ops'],
      functions: [],
    });
    expect(Object.keys(exports)).toEqual(['acme:a/http-ops@1.0.0', 'acme:b/http-ops', 'httpOps']);
    expect(exports['httpOps']).toBe(exports['acme:a/http-ops@1.0.0']);
    expect((exports['httpOps'] as { getIt(): number }).getIt()).toBe(7);
    const taken = await exportsOf({ interfaces: ['acme:a/ops'], functions: ['ops'] });
    expect(typeof taken['ops']).toBe('function');
  });
});
