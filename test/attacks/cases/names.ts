import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine, type EngineOptions } from '@wasm-plugin/engine';
import type { Attack } from '../attack.js';

/** Exports functions named `then`: of the component, of an interface, of a resource and of its class. */
const THENABLE = `(component
  (type $r' (resource (rep i32)))
  (core func $new (canon resource.new $r'))
  (core module $m
    (import "r" "new" (func $new (param i32) (result i32)))
    (func (export "make") (result i32) (call $new (i32.const 5)))
    (func (export "f") (param i32 i32) (result i32) (i32.const 7))
    (func (export "m") (param i32) (result i32) unreachable))
  (core instance $i (instantiate $m (with "r" (instance (export "new" (func $new))))))
  (func $f (param "resolve" u32) (param "reject" u32) (result u32) (canon lift (core func $i "f")))
  (export $R "r" (type $r'))
  (type $s' (resource (rep i32)))
  (export $S "s" (type $s'))
  (func (export "make") (result (own $R)) (canon lift (core func $i "make")))
  (func (export "[method]r.then") (param "self" (borrow $R)) (result u32) (canon lift (core func $i "m")))
  (func (export "[static]s.then") (param "resolve" u32) (param "reject" u32) (result u32)
    (canon lift (core func $i "f")))
  (export "then" (func $f))
  (instance $in (export "then" (func $f)))
  (export "a:b/c" (instance $in)))`;

const LIMITS = { timeMs: 50, fuel: 1e6 };

/** Runs as a host does that hands things on through async functions. */
async function handOn(options: EngineOptions | { isolation: 'worker' }): Promise<void> {
  const engine = createEngine({ limits: LIMITS, ...options } as EngineOptions);
  const plugin = await engine.load(await parse(THENABLE));
  const { exports } = await plugin.instantiate();
  const all = await exports;
  for (const key of Object.keys(all)) await all[key];
  if (!('isolation' in options)) await (all['make'] as () => unknown)();
  engine.close();
}

function naming(name: string, options: EngineOptions | { isolation: 'worker' }): Attack {
  return {
    name,
    folder: 'names',
    limitMs: 1000,
    memoryBytes: 32 * 2 ** 20,
    prepare: () => Promise.resolve(() => handOn(options)),
  };
}

export const attacks: Attack[] = [
  naming('functions called then', { backend: 'generated' }),
  naming('functions called then, composed', { backend: 'composed' }),
  naming('functions called then, in a thread', { isolation: 'worker' }),
];
