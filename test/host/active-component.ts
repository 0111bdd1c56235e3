import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';

/** Behaviour of a component that acts by itself. */
export interface ActiveOptions {
  /** Outcome of `start`. @default 'ok' */
  readonly start?: 'ok' | 'refuses' | 'traps';
  /** Outcome of `stop`. @default 'ok' */
  readonly stop?: 'ok' | 'refuses' | 'loops';
}

const RETURN = {
  ok: '(i32.const 16)',
  refuses: '(i32.const 32)',
  traps: 'unreachable',
  loops: '(loop (br 0)) unreachable',
};

/**
 * Exports `wasm-plugin:abi/activity`, whose `tick` counts, `wasm-plugin:abi/state`, which saves the count as one number of 32
 * bits, and a function `ticks`, which returns it.
 */
export async function activeComponent({
  start = 'ok',
  stop = 'ok',
}: ActiveOptions = {}): Promise<Uint8Array> {
  return await parse(`
    (component
      (core module $code
        (memory (export "memory") 1)
        (global $ticks (mut i32) (i32.const 0))
        (data (i32.const 32) "\\01\\00\\00\\00\\40\\00\\00\\00\\02\\00\\00\\00")
        (data (i32.const 64) "no")
        (data (i32.const 80) "\\00\\00\\00\\00\\60\\00\\00\\00\\04\\00\\00\\00")
        (func (export "start") (result i32) ${RETURN[start]})
        (func (export "stop") (result i32) ${RETURN[stop]})
        (func (export "tick") (global.set $ticks (i32.add (global.get $ticks) (i32.const 1))))
        (func (export "ticks") (result i32) (global.get $ticks))
        (func (export "schema") (result i32) (i32.const 1))
        (func (export "serialize") (result i32) (i32.store (i32.const 96) (global.get $ticks)) (i32.const 80))
        (func (export "restore") (param i32 i32 i32 i32 i32) (result i32)
          (global.set $ticks (i32.load (local.get 0)))
          (i32.const 16))
        (global $free (mut i32) (i32.const 1024))
        (func (export "realloc") (param i32 i32 i32 i32) (result i32)
          (global.get $free)
          (global.set $free (i32.add (global.get $free) (local.get 3)))))
      (core instance $code (instantiate $code))
      (alias core export $code "memory" (core memory $memory))
      (alias core export $code "realloc" (core func $realloc))
      (func $start (result (result (error string))) (canon lift (core func $code "start") (memory $memory)))
      (func $stop (result (result (error string))) (canon lift (core func $code "stop") (memory $memory)))
      (func $tick (canon lift (core func $code "tick")))
      (func $ticks (result u32) (canon lift (core func $code "ticks")))
      (func $schema (result u32) (canon lift (core func $code "schema")))
      (func $serialize (result (result (list u8) (error string)))
        (canon lift (core func $code "serialize") (memory $memory)))
      (func $restore (param "state" (list u8)) (param "schema" u32) (param "version" string)
        (result (result (error string)))
        (canon lift (core func $code "restore") (memory $memory) (realloc $realloc)))
      (instance $activity
        (export "start" (func $start)) (export "stop" (func $stop)) (export "tick" (func $tick)))
      (export "wasm-plugin:abi/activity@0.1.0" (instance $activity))
      (instance $state
        (export "schema" (func $schema))
        (export "serialize" (func $serialize))
        (export "restore" (func $restore)))
      (export "wasm-plugin:abi/state@0.1.0" (instance $state))
      (export "ticks" (func $ticks)))`);
}
