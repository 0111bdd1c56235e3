import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine } from '@wasm-plugin/engine';
import { expect, it } from 'vitest';

/** A guest that traps, with globals that say where its last words are. */
async function messageOf(globals: string, memory = '(memory (export "memory") 1)'): Promise<string> {
  const bytes = await parse(`(component
    (core module $m ${memory} (data (i32.const 16) "n\\00o\\00\\0a\\00")
      ${globals}
      (func (export "f") unreachable))
    (core instance $i (instantiate $m))
    (func (export "f") (canon lift (core func $i "f"))))`);
  const { exports } = (await createEngine().load(bytes)).instantiate();
  try {
    (exports as { f: () => void }).f();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

function said(address: string, units: string): string {
  return `(global (export "wasm-plugin:abort-message") ${address}) (global (export "wasm-plugin:abort-message-units") ${units})`;
}

it('the last words of a guest are in the message, its control characters made visible', async () => {
  expect(await messageOf(said('i32 (i32.const 16)', 'i32 (i32.const 3)'))).toContain('trapped: no\\u{a}');
  expect(await messageOf(said('(mut i32) (i32.const 16)', 'i32 (i32.const 2)'))).toMatch(/trapped: no, in/);
});

it.each([
  ['beyond the memory', said('i32 (i32.const 65534)', 'i32 (i32.const 2)')],
  ['at a negative address', said('i32 (i32.const -16)', 'i32 (i32.const 2)')],
  ['of another type', said('i64 (i64.const 16)', 'f64 (f64.const nan)')],
  ['without a length', '(global (export "wasm-plugin:abort-message") i32 (i32.const 16))'],
  [
    'that are a function',
    '(func (export "wasm-plugin:abort-message")) (func (export "wasm-plugin:abort-message-units"))',
  ],
])('last words %s are none', async (_, globals) => {
  expect(await messageOf(globals)).toContain('trapped: unreachable');
});

it('last words without a memory, or of a huge length, harm nobody', async () => {
  const place = said('i32 (i32.const 16)', 'i32 (i32.const -1)');
  expect(await messageOf(place, '(memory 1)')).toContain('trapped: unreachable');
  expect((await messageOf(place)).length).toBeLessThan(15_000);
});
