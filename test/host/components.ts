import { readFileSync } from 'node:fs';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';

/** A component with nothing in it. */
export const EMPTY = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00);

/** A compressor, made from Rust: the world `audio-effect`. */
export const COMPRESSOR = readFileSync(new URL('../../plugins-rust/build/compressor.wasm', import.meta.url));

/** Exports `acme:math/ops` with `add`, `boom`, and `which`, which returns a number that tells versions apart. */
export async function opsComponent(
  which: number,
  { version = '1.0.0', extra = '' } = {},
): Promise<Uint8Array> {
  return await parse(`
    (component
      (core module $code
        (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
        (func (export "which") (result i32) (i32.const ${which}))
        (func (export "boom") unreachable))
      (core instance $code (instantiate $code))
      (func $add (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $code "add")))
      (func $which (result u32) (canon lift (core func $code "which")))
      (func $boom (canon lift (core func $code "boom")))
      (instance $ops
        (export "add" (func $add)) (export "which" (func $which)) (export "boom" (func $boom)) ${extra})
      (export "acme:math/ops@${version}" (instance $ops)))`);
}

/** Imports `acme:math/ops@1.0.0`, exports a function `sum` that calls its `add`. */
export async function sumComponent(): Promise<Uint8Array> {
  return await parse(`
    (component
      (import "acme:math/ops@1.0.0" (instance $ops
        (export "add" (func (param "a" u32) (param "b" u32) (result u32)))))
      (core func $add (canon lower (func $ops "add")))
      (core module $code
        (import "ops" "add" (func $add (param i32 i32) (result i32)))
        (func (export "sum") (param i32 i32) (result i32) (call $add (local.get 0) (local.get 1))))
      (core instance $code (instantiate $code (with "ops" (instance (export "add" (func $add))))))
      (func (export "sum") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $code "sum"))))`);
}
