import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { PluginError } from '@wasm-plugin/abi';
import { createEngine, type HostImports } from '@wasm-plugin/engine';
import type { Attack } from '../attack.js';

const BACKENDS = ['generated', 'composed'] as const;

/** Destructors that call each other until the stack ends. Not in a test: vitest puts getters of its own into the calls. */
const DESTRUCTORS = `(component
        (core module $table
          (table (export "t") 1 funcref)
          (type $drop (func (param i32)))
          (func (export "dtor") (param i32) (call_indirect (type $drop) (local.get 0) (i32.const 0))))
        (core instance $table (instantiate $table))
        (type $r (resource (rep i32) (dtor (core func $table "dtor"))))
        (core func $new (canon resource.new $r))
        (core func $drop (canon resource.drop $r))
        (core module $m
          (import "t" "t" (table 1 funcref))
          (import "r" "new" (func $new (param i32) (result i32)))
          (import "r" "drop" (func $drop (param i32)))
          (elem (i32.const 0) $again)
          (func $again (param i32) (call $drop (call $new (i32.const 0))))
          (func (export "run") (call $again (i32.const 0))))
        (core instance $i (instantiate $m (with "t" (instance $table))
          (with "r" (instance (export "new" (func $new)) (export "drop" (func $drop))))))
        (func (export "run") (canon lift (core func $i "run"))))`;

/** A guest that recurses around an import. */
const CATCHES = `(component
  (import "f" (func $f))
  (core func $f-core (canon lower (func $f)))
  (core module $m
    (import "h" "f" (func $f))
    (func $again (export "run") (call $f) (call $again)))
  (core instance $i (instantiate $m (with "h" (instance (export "f" (func $f-core))))))
  (func (export "run") (canon lift (core func $i "run"))))`;

function wantCode(code: string, call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (PluginError.is(error) && error.code === code) return;
    throw error;
  }
  throw new Error('the call went through');
}

function attack(
  name: string,
  text: string,
  { code, imports = {} }: { code: string; imports?: HostImports },
): Attack[] {
  return BACKENDS.map((backend) => ({
    name: `${name}, ${backend}`,
    folder: 'values',
    limitMs: 1000,
    memoryBytes: 64 * 2 ** 20,
    async prepare() {
      const engine = createEngine({ backend, imports });
      const instance = (await engine.load(await parse(text))).instantiate();
      const run = instance.exports['run'] as () => unknown;
      return () => {
        wantCode(code, run);
        wantCode(code, run);
        if (instance.state !== 'dead') throw new Error('the instance goes on');
      };
    },
  }));
}

/** An import that uses up the stack, and throws the resulting error. */
function recurse(): void {
  recurse();
}

export const attacks: Attack[] = [
  ...attack('destructors that call each other', DESTRUCTORS, { code: 'WP_QUOTA_STACK' }),
  ...attack('a recursion around an import', CATCHES, {
    code: 'WP_QUOTA_STACK',
    imports: { f: () => undefined },
  }),
  ...attack('an import that recurses', CATCHES, { code: 'WP_TRAP_HOST', imports: { f: recurse } }),
];
