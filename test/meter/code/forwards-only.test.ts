import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { decodeModule } from '@wasm-plugin/engine/module';
import { describe, expect, it } from 'vitest';
import { forwardsOnly } from '../../../engine/src/meter/code/forwards-only.js';

const CALL = '(import "" "f" (func $f (param i32)))';

describe('forwardsOnly()', () => {
  it.each([
    ['has no function', '(module)', true],
    ['passes its parameter on', `(module ${CALL} (func (param i32) (call $f (local.get 0))))`, true],
    ['passes a constant on', `(module ${CALL} (func (call $f (i32.const 1))))`, true],
    ['calls twice', `(module ${CALL} (func (call $f (i32.const 1)) (call $f (i32.const 1))))`, false],
    ['computes', `(module ${CALL} (func (call $f (i32.eqz (i32.const 1)))))`, false],
    ['has a local', `(module ${CALL} (func (local i32) (call $f (local.get 0))))`, false],
    ['has a start function', `(module (func $s) (start $s))`, false],
    ['has a loop', `(module (func (loop)))`, false],
  ])('of a module that %s', async (_, text, expected) => {
    expect(forwardsOnly(decodeModule(await parse(text)))).toBe(expected);
  });
});
