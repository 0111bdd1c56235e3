import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';

const TEXT = `
(component
  (core module $code
    (memory (export "memory") 1)
    (global $free (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $free) (i32.const 7)) (i32.const -8)))
      (global.set $free (i32.add (local.get $at) (local.get 3)))
      (memory.copy (local.get $at) (local.get 0) (local.get 1))
      (local.get $at))
    (func (export "add") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1)))
    (func (export "half") (param f32) (result f32) (f32.mul (local.get 0) (f32.const 0.5)))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0))
      (i32.store (i32.const 20) (local.get 1))
      (i32.const 16))
    (func (export "boom") unreachable))
  (core instance $code (instantiate $code))
  (func (export "add") (param "left" u64) (param "right" u64) (result u64)
    (canon lift (core func $code "add")))
  (func (export "half") (param "x" f32) (result f32) (canon lift (core func $code "half")))
  (func (export "echo-bytes") (param "x" (list u8)) (result (list u8))
    (canon lift (core func $code "echo") (memory (core memory $code "memory"))
      (realloc (core func $code "realloc"))))
  (func (export "echo-text") (param "x" string) (result string)
    (canon lift (core func $code "echo") (memory (core memory $code "memory"))
      (realloc (core func $code "realloc"))))
  (func (export "boom") (canon lift (core func $code "boom"))))
`;

/** A component with plain functions and no imports. */
export async function smallComponent(): Promise<Uint8Array> {
  return parse(TEXT);
}

/** A component that imports a part of WASI. */
export async function wasiComponent(): Promise<Uint8Array> {
  return parse(`
    (component
      (import "wasi:cli/environment@0.2.0" (instance
        (export "get-arguments" (func (result (list string))))))
      (core module $code (func (export "run")))
      (core instance $code (instantiate $code))
      (func (export "run") (canon lift (core func $code "run"))))
  `);
}
