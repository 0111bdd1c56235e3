import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PLAIN } from './core-variant.js';
import type { CoreVariant } from './core-variant.js';
import { METERED } from './metered.js';
import { runCoreSuite } from './run-core-suite.js';

let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'core-'));
  await mkdir(join(data, 'core'));
  vi.stubEnv('WASM_PLUGIN_CONFORMANCE', data);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(data, { recursive: true });
});

/** Runs one script; returns how its cases ended. */
async function endings(script: string, variants: readonly CoreVariant[] = [PLAIN]): Promise<string[]> {
  await writeFile(join(data, 'core/script.wast'), script);
  const results = await runCoreSuite(variants);
  return results.map((result) => result.outcome);
}

describe('runCoreSuite() passes', () => {
  test.each([
    ['vectors', 'v128', '(v128.const i32x4 1 2 3 0xffffffff)'],
    ['the payload of a NaN', 'f32', '(f32.const nan:0x200001)'],
    ['a negative NaN', 'f64', '(f64.const -nan)'],
    ['a negative zero', 'f64', '(f64.const -0)'],
    ['a large integer', 'i64', '(i64.const 0x8000000000000001)'],
    ['a host reference', 'externref', '(ref.extern 7)'],
    ['a null', 'funcref', '(ref.null func)'],
  ])('%s through a function', async (_, type, value) => {
    const script = `(module (func (export "f") (param ${type}) (result ${type}) (local.get 0)))
      (assert_return (invoke "f" ${value}) ${value})`;
    expect(await endings(script)).toEqual(['passed', 'passed']);
  });

  test('patterns of NaNs, lane by lane', async () => {
    const script = `(module
        (func (export "f") (result f32) (f32.div (f32.const 0) (f32.const 0)))
        (func (export "v") (result v128) (v128.const f32x4 1 nan:0x600000 nan -0)))
      (assert_return (invoke "f") (f32.const nan:canonical))
      (assert_return (invoke "v") (v128.const f32x4 1 nan:arithmetic nan:canonical -0))
      (assert_return (invoke "v") (either (v128.const i64x2 0 0) (v128.const f32x4 1 nan:arithmetic nan -0)))`;
    expect(await endings(script)).toEqual(Array(4).fill('passed'));
  });

  test('registered instances, traps, exhaustion and missing imports', async () => {
    const script = `(module $a (global (export "g") i32 (i32.const 5)))
      (register "a" $a)
      (module (import "a" "g" (global i32)) (func (export "g") (result i32) (global.get 0))
        (func (export "t") unreachable) (func $r (export "r") (call $r)))
      (assert_return (invoke "g") (i32.const 5))
      (assert_return (get $a "g") (i32.const 5))
      (assert_trap (invoke "t") "unreachable")
      (assert_exhaustion (invoke "r") "call stack exhausted")
      (assert_unlinkable (module (import "a" "h" (func))) "unknown import")
      (assert_invalid (module (func (result i32))) "type mismatch")`;
    expect(await endings(script)).toEqual(Array(8).fill('passed'));
  });
});

describe('runCoreSuite() fails', () => {
  test.each([
    ['another result', '(assert_return (invoke "one") (i32.const 2))'],
    ['another NaN', '(assert_return (invoke "nan") (f32.const nan:canonical))'],
    ['another vector', '(assert_return (invoke "vector") (v128.const i64x2 1 3))'],
    ['a missing result', '(assert_return (invoke "one"))'],
    ['a result for a trap', '(assert_trap (invoke "one") "unreachable")'],
    ['a trap for a result', '(assert_return (invoke "trap"))'],
    ['a valid module that should not be', '(assert_invalid (module) "type mismatch")'],
    ['a module that should not link', '(assert_unlinkable (module) "unknown import")'],
    ['an unknown directive', '(assert_nothing)'],
  ])('%s', async (_, assertion) => {
    const script = `(module (func (export "one") (result i32) (i32.const 1))
        (func (export "nan") (result f32) (f32.const nan:0x600000))
        (func (export "vector") (result v128) (v128.const i64x2 1 2))
        (func (export "trap") unreachable))
      ${assertion}`;
    expect(await endings(script)).toEqual(['passed', 'failed']);
  });

  test('what ends in another way in another variant', async () => {
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    const broken: CoreVariant = {
      name: 'metered',
      open: () => ({ ...PLAIN.open(), prepare: () => ({ bytes: empty }) }),
    };
    const script = '(module (func (export "f"))) (assert_return (invoke "f"))';
    expect(await endings(script, [PLAIN, broken])).toEqual(['passed', 'failed']);
  });

  test('a rewritten module that V8 refuses', async () => {
    const broken: CoreVariant = {
      name: 'metered',
      open: () => ({ ...PLAIN.open(), prepare: () => ({ bytes: Uint8Array.of(0) }) }),
    };
    expect(await endings('(module)', [PLAIN, broken])).toEqual(['failed']);
  });
});

describe('runCoreSuite() passes, plain and metered,', () => {
  test('start functions, calls between instances, growth, and calls after traps', async () => {
    const script = `(module $a
        (memory (export "m") 1)
        (func (export "size") (result i32) (memory.size))
        (func (export "grow") (result i32) (memory.grow (i32.const 1)))
        (func (export "trap") unreachable))
      (register "a" $a)
      (module
        (import "a" "grow" (func $grow (result i32)))
        (import "a" "m" (memory 1))
        (func $start (drop (call $grow)))
        (start $start)
        (func (export "loop") (result i32) (local i32)
          (loop (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 9))))
          (i32.add (local.get 0) (memory.size))))
      (assert_return (invoke "loop") (i32.const 11))
      (assert_trap (invoke $a "trap") "unreachable")
      (assert_return (invoke $a "size") (i32.const 2))
      (assert_trap (module (func $start unreachable) (start $start)) "unreachable")
      (assert_invalid (module (func (global.get 0) (drop))) "unknown global")`;
    expect(await endings(script, [PLAIN, METERED])).toEqual(Array(7).fill('passed'));
  });
});
