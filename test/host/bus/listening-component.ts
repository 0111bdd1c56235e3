import { readFileSync } from 'node:fs';
import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco-transpile/wasm-tools';

/** Behaviour of a component that receives events. */
export type Receiving = 'takes' | 'answers' | 'refuses' | 'loops' | 'traps';

/** Exports of the component. */
export interface Listening {
  /** Number of events that it has received. */
  received(): number;
  /** Sum of the numbers of missed events. */
  missed(): number;
  /** Publishes an event so many times. @returns the last result: the number of subscribers, or 100 and the number of the error */
  publishTimes(topic: string, count: number): number;
}

const BEHAVIOUR: Record<Receiving, string> = {
  takes: '',
  // Publishes "answer" with the content that has come.
  answers:
    '(call $publish (i32.const 64) (i32.const 6) (local.get 5) (local.get 6) (local.get 7) (i32.const 96))',
  refuses: '(return (i32.const 32))',
  loops: '(loop (br 0))',
  traps: 'unreachable',
};

const WIT = readFileSync(new URL('../../../abi/wit/bus.wit', import.meta.url), 'utf8');
const WORLD = `world listening {
  import bus;
  export subscriber;
  export received: func() -> u32;
  export missed: func() -> u32;
  export publish-times: func(topic: string, count: u32) -> u32;
}`;

/** Exports `wasm-plugin:abi/subscriber`, imports `wasm-plugin:abi/bus`, and the functions of `Listening`. */
export async function listeningComponent(receiving: Receiving = 'takes'): Promise<Uint8Array> {
  const binary = await parse(`
    (module
      (import "wasm-plugin:abi/bus@0.1.0" "publish" (func $publish (param i32 i32 i32 i32 i32 i32)))
      (memory (export "memory") 2)
      (data (i32.const 32) "\\01\\00\\00\\00\\30\\00\\00\\00\\02\\00\\00\\00")
      (data (i32.const 48) "no")
      (data (i32.const 64) "answer")
      (global $free (mut i32) (i32.const 1024))
      (global $received (mut i32) (i32.const 0))
      (global $missed (mut i32) (i32.const 0))
      (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
        (global.get $free)
        (global.set $free (i32.add (global.get $free) (i32.and (i32.add (local.get 3) (i32.const 7)) (i32.const -8)))))
      (func (export "wasm-plugin:abi/subscriber@0.1.0#receive")
        (param i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
        (global.set $free (i32.const 1024))
        (global.set $received (i32.add (global.get $received) (i32.const 1)))
        (global.set $missed (i32.add (global.get $missed) (local.get 8)))
        ${BEHAVIOUR[receiving]}
        (i32.const 16))
      (func (export "received") (result i32) (global.get $received))
      (func (export "missed") (result i32) (global.get $missed))
      (func (export "publish-times") (param $topic i32) (param $length i32) (param $left i32) (result i32)
        (global.set $free (i32.const 1024))
        (loop $again
          (call $publish (local.get $topic) (local.get $length)
            (i32.const 1) (i32.const 64) (i32.const 6) (i32.const 96))
          (local.set $left (i32.sub (local.get $left) (i32.const 1)))
          (br_if $again (i32.gt_s (local.get $left) (i32.const 0))))
        (if (result i32) (i32.load8_u (i32.const 96))
          (then (i32.add (i32.const 100) (i32.load8_u (i32.const 100))))
          (else (i32.load (i32.const 100))))))`);
  return await componentNew(
    await componentEmbed({ binary, witSource: `${WIT}\n${WORLD}`, world: 'listening' }),
  );
}
