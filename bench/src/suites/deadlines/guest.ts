import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';

/** Ways to never end, by the name of the export. */
export const ENDLESS = ['loop', 'recursion', 'fill', 'interpreter'] as const;
export type Endless = (typeof ENDLESS)[number];

/** A guest with endless functions, and with `add`, by which its sibling shows that it still answers. */
export interface DeadlineGuest extends Record<Endless, () => void> {
  add(a: number, b: number): number;
}

const TEXT = `
(component
  (core module $m
    (memory 1024)
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "loop") (loop (br 0)))
    ;; A tree of calls: 2^30 of them, never deeper than 30.
    (func $recursion (param i32)
      (if (i32.eqz (local.get 0)) (then (return)))
      (call $recursion (i32.sub (local.get 0) (i32.const 1)))
      (call $recursion (i32.sub (local.get 0) (i32.const 1))))
    (func (export "recursion") (loop (call $recursion (i32.const 30)) (br 0)))
    (func (export "fill") (loop
      (memory.fill (i32.const 0) (i32.const 7) (i32.const 0x4000000)) (br 0)))
    (func (export "interpreter") (local $pc i32) (local $sum i32)
      (loop $next
        (block $done (block $two (block $one (block $zero
          (br_table $zero $one $two $done (i32.and (local.get $pc) (i32.const 3))))
          (local.set $sum (i32.add (local.get $sum) (i32.const 1))) (br $done))
          (local.set $sum (i32.xor (local.get $sum) (local.get $pc))) (br $done))
          (local.set $sum (i32.mul (local.get $sum) (i32.const 3))))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (br $next))))
  (core instance $i (instantiate $m))
  (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add")))
  ${ENDLESS.map((name) => `(func (export "${name}") (canon lift (core func $i "${name}")))`).join('\n')})`;

/** Makes a component that offers every way to never end. */
export function deadlineGuest(): Promise<Uint8Array> {
  return parse(TEXT);
}
