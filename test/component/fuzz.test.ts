import { ModuleError } from '@wasm-plugin/abi';
import { decodeComponent, validateComponent } from '@wasm-plugin/engine/component';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { Random } from '../support/random.js';

const SEEDS = [
  `(component
    (core module $m (memory (export "m") 1) (global (export "g") i32 (i32.const 1))
      (table (export "t") 1 funcref)
      (func (export "r") (param i32 i32 i32 i32) (result i32) i32.const 0)
      (func (export "f") (param i32 i32) (result i32) i32.const 0)
      (func (export "p") (param i32)))
    (core instance $i (instantiate $m))
    (alias core export $i "m" (core memory $mem))
    (type $rec (record (field "x" u32) (field "y" (option string))))
    (export $rec2 "rec" (type $rec))
    (func $f (param "s" string) (result $rec2)
      (canon lift (core func $i "f") (memory $mem) (realloc (core func $i "r")) (post-return (core func $i "p"))))
    (export "f" (func $f)))`,
  `(component
    (import "a:b/c@1.2.3" (instance $i
      (export "r" (type $r (sub resource)))
      (export "[constructor]r" (func (result (own $r))))
      (export "[method]r.m" (func (param "self" (borrow $r)) (result (result (list u8) (error string)))))))
    (alias export $i "r" (type $r))
    (component $c
      (import "r" (type $r (sub resource)))
      (type $own (resource (rep i32)))
      (core func (canon resource.new $own)) (core func (canon resource.drop $r))
      (export "own" (type $own)) (export "same" (type $r)))
    (instance $one (instantiate $c (with "r" (type $r))))
    (type $t (component (import "x" (func)) (export "y" (instance (export "z" (type (sub resource)))))))
    (core type $mt (module (import "a" "b" (func (param i32))) (export "m" (memory 1 2))))
    (import "m" (core module (type $mt)))
    (export "one" (instance $one)))`,
];

function outcome(bytes: Uint8Array): string {
  try {
    validateComponent(decodeComponent(bytes));
    return 'valid';
  } catch (error) {
    if (error instanceof ModuleError) return error.code;
    throw error;
  }
}

describe('decodeComponent() and validateComponent() fuzzed', () => {
  it('decodeComponent() and validateComponent() throw nothing but ModuleError', async () => {
    const random = new Random(20_260_721);
    const seen = new Map<string, number>();
    for (const text of SEEDS) {
      const seed = await parse(text);
      expect(outcome(seed)).toBe('valid');
      for (let round = 0; round < 8000; round++) {
        const bytes = seed.slice();
        for (let left = 1 + random.below(3); left > 0; left--) {
          const at = 8 + random.below(bytes.length - 8);
          bytes[at] = random.chance(0.5)
            ? random.below(256)
            : (bytes[at] as number) + (random.chance(0.5) ? 1 : -1);
        }
        const cut = random.chance(0.1) ? random.below(bytes.length) : bytes.length;
        const result = outcome(bytes.subarray(0, cut));
        seen.set(result, (seen.get(result) ?? 0) + 1);
      }
    }
    expect([...seen.keys()].sort()).toEqual([
      'WP_MODULE_INVALID',
      'WP_MODULE_MALFORMED',
      'WP_MODULE_UNSUPPORTED',
      'valid',
    ]);
  });
});
