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

/** A component with an import that no sandbox has. */
export async function strangeComponent(): Promise<Uint8Array> {
  return parse(`
    (component
      (import "acme:cloud/store@1.0.0" (instance (export "get" (func (result (list string))))))
      (core module $code (func (export "run")))
      (core instance $code (instantiate $code))
      (func (export "run") (canon lift (core func $code "run"))))
  `);
}

/** A component whose core module allocates on the garbage-collected heap. */
export async function gcComponent(): Promise<Uint8Array> {
  return parse(`
    (component
      (core module $code
        (type $t (struct (field i32)))
        (func (export "run") (drop (struct.new_default $t))))
      (core instance $code (instantiate $code))
      (func (export "run") (canon lift (core func $code "run"))))
  `);
}

/** A component with names that every JavaScript object inherits, and a zero that has a sign. */
export async function inheritedNames(): Promise<Uint8Array> {
  return parse(`
    (component
      (type $flags' (flags "to-string" "value-of" "constructor"))
      (import "marks" (type $flags (eq $flags')))
      (core module $code
        (func (export "bits") (param i32) (result i32) (local.get 0))
        (func (export "has") (param i32 f64 i32 f64) (result i32) (i32.add (local.get 0) (local.get 2)))
        (func (export "zero") (result f64) (f64.const -0)))
      (core instance $code (instantiate $code))
      (type $record' (record (field "to-string" (option float64)) (field "value-of" (option float64))))
      (import "choices" (type $record (eq $record')))
      (func (export "bits") (param "x" $flags) (result u32) (canon lift (core func $code "bits")))
      (func (export "has") (param "x" $record) (result u32) (canon lift (core func $code "has")))
      (func (export "zero") (result float64) (canon lift (core func $code "zero"))))
  `);
}
