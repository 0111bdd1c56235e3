import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine } from '@wasm-plugin/engine';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

const ADDER = `(component
  (core module $m (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
  (core instance $i (instantiate $m))
  (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add"))))`;

// A page reports each try to generate code that its content security policy forbids.
it('a host that may not generate code is asked once, whatever is loaded', async () => {
  let asked = 0;
  const refuse = (): never => {
    asked++;
    throw new EvalError('Code generation from strings disallowed for this context');
  };
  vi.stubGlobal('Function', new Proxy(Function, { construct: refuse, apply: refuse }));
  const bytes = await parse(ADDER);
  for (const engine of [createEngine(), createEngine({ limits: { fuel: 1000 } }), createEngine()]) {
    for (let left = 3; left > 0; left--) {
      const instance = (await engine.load<{ add(a: number, b: number): number }>(bytes)).instantiate();
      expect(instance.exports.add(2, 3)).toBe(5);
    }
  }
  expect(asked).toBe(1);
});
