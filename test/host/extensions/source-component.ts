import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';

/** Behaviour of a component that offers an interface. `asks`: it asks at the extension point of the same interface. */
export type Finding = 'finds' | 'refuses' | 'traps' | 'asks';

/** Name of the interface. */
export const SOURCE = 'acme:find/source@1.0.0';

const BEHAVIOUR: Record<Finding, string> = {
  finds: `(i32.store8 (i32.const 16) (i32.const 0))
    (i32.store (i32.const 20) (i32.add (local.get 0) (i32.load (i32.const 64))))`,
  refuses: '(i32.store8 (i32.const 16) (i32.const 1))',
  traps: 'unreachable',
  asks: '(call $find (local.get 0) (i32.const 16))',
};

/** Exports `acme:find/source` with `find: func(n: u32) -> result<u32>`, which adds a number. */
export async function sourceComponent(finding: Finding, added = 0): Promise<Uint8Array> {
  const isAsking = finding === 'asks';
  const digits = [0, 8, 16, 24].map((shift) => `\\${((added >> shift) & 255).toString(16).padStart(2, '0')}`);
  return await parse(`
    (component
      ${isAsking ? `(import "${SOURCE}" (instance $in (export "find" (func (param "n" u32) (result (result u32))))))` : ''}
      (core module $store (memory (export "memory") 1))
      (core instance $store (instantiate $store))
      ${isAsking ? '(core func $find (canon lower (func $in "find") (memory (core memory $store "memory"))))' : ''}
      (core module $code
        (import "store" "memory" (memory 1))
        ${isAsking ? '(import "in" "find" (func $find (param i32 i32)))' : ''}
        (data (i32.const 64) "${digits.join('')}")
        (func (export "find") (param i32) (result i32) ${BEHAVIOUR[finding]} (i32.const 16)))
      (core instance $code (instantiate $code
        (with "store" (instance $store))
        ${isAsking ? '(with "in" (instance (export "find" (func $find))))' : ''}))
      (func $out (param "n" u32) (result (result u32)) (canon lift (core func $code "find") (memory (core memory $store "memory"))))
      (instance $source (export "find" (func $out)))
      (export "${SOURCE}" (instance $source)))`);
}
