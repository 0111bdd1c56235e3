import { readFileSync } from 'node:fs';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { compileEqualizer, compileLibrary } from '../../native-bridge/compile-c.js';
import { COUNTERS_COMPONENT } from './counters-component.js';
import { projectFolder } from '../../wast/index.js';

/**
 * A plugin for every carrier. `equalizer` is the equalizer. `counters` has a resource; it is none for libraries, which have none. The
 * others have a `lifecycle.health` that misbehaves: it traps or crashes, never ends, returns a text at an address that is none, or fails where it gets no memory.
 */
export type Subject = 'equalizer' | 'counters' | 'crash' | 'hang' | 'garbage' | 'allocate';

/** Core functions `health`: the address of a `result<_, string>`. At 16 there is an error with an empty text. */
const HEALTH: Readonly<Record<Exclude<Subject, 'equalizer' | 'counters'>, string>> = {
  crash: 'unreachable',
  hang: '(loop $again (br $again)) unreachable',
  garbage: '(i32.const -16)',
  allocate:
    '(if (result i32) (i32.eq (memory.grow (i32.const 32768)) (i32.const -1)) (then (i32.const 16)) (else (i32.const 0)))',
};

/** The modes of the probe that do the same. */
const MODES: typeof HEALTH = { crash: 'segfault', hang: 'hang', garbage: 'garbage', allocate: 'allocate' };

const made = new Map<string, Promise<Uint8Array>>();

/** Returns the component of a subject. */
export function componentOf(subject: Subject): Promise<Uint8Array> {
  return once(`component ${subject}`, () => {
    if (subject === 'equalizer') return readFileSync(new URL('plugins-as/build/eq.wasm', projectFolder()));
    return parse(subject === 'counters' ? COUNTERS_COMPONENT : healthComponent(HEALTH[subject]));
  });
}

/** Returns the native library of a subject. */
export function libraryOf(subject: Subject): Promise<Uint8Array> {
  return once(`library ${subject}`, () => {
    if (subject === 'counters') throw new Error('libraries have no resources');
    if (subject === 'equalizer') return compileEqualizer();
    return compileLibrary('probe.c', [`-DMODE="${MODES[subject]}"`]);
  });
}

function once(key: string, make: () => Uint8Array | Promise<Uint8Array>): Promise<Uint8Array> {
  let bytes = made.get(key);
  if (bytes === undefined) made.set(key, (bytes = Promise.resolve().then(make)));
  return bytes;
}

function healthComponent(body: string): string {
  return `
    (component
      (core module $code
        (memory (export "memory") 1)
        (data (i32.const 16) "\\01")
        (func (export "health") (result i32) ${body}))
      (core instance $code (instantiate $code))
      (func $health (result (result (error string)))
        (canon lift (core func $code "health") (memory (core memory $code "memory"))))
      (instance $lifecycle (export "health" (func $health)))
      (export "wasm-plugin:abi/lifecycle@0.1.0" (instance $lifecycle)))`;
}
