import { describe, expect, it } from 'vitest';
import { KnownConstants } from '../../../engine/src/meter/code/known-constants.js';
import { codeOf } from './code-of.js';

/** Returns the constant on top behind some instructions of a function with 2 parameters and 2 locals. */
async function topBehind(instructions: string): Promise<number> {
  const { index, bytes, start, end } = await codeOf(`(module (global i32 (i32.const 5))
    (func (param i32 i64 i32 i64) ${instructions} unreachable))`);
  const known = new KnownConstants(bytes, index.spaces);
  known.begin(start, { params: 2, locals: 4 });
  return known.topAt(end - 2);
}

describe('KnownConstants.topAt()', () => {
  it.each([
    ['i32.const 7', 7],
    ['i32.const 300', 300],
    ['i32.const -1', -1],
    ['i64.const 63', 63],
    ['i64.const 64', 64],
    ['i64.const 8191', 8191],
    ['i64.const 8192', Infinity],
    ['i64.const -1', Infinity],
    ['i32.const 7 nop', 7],
    ['i32.const 7 (local.set 0) (local.get 0)', 7],
    ['i32.const 7 (local.tee 0)', 7],
    ['i32.const 7 (local.tee 0) drop (local.get 0)', 7],
    ['(local.get 0)', Infinity],
    ['(local.get 1)', Infinity],
    ['(local.get 2)', 0],
    ['(local.get 3)', 0],
    ['(global.get 0)', Infinity],
    ['i32.const 7 i32.const 1 i32.add', Infinity],
    ['(global.get 0) (local.set 2) (local.get 2)', Infinity],
  ])('behind "%s" is %d', async (instructions, expected) => {
    expect(await topBehind(instructions)).toBe(expected);
  });

  it('knows nothing of before a place where control flow joins', async () => {
    const { index, bytes, start } = await codeOf(
      '(module (func (param i32) (i32.const 7) (local.set 0) (local.get 0) (i32.const 9) unreachable))',
    );
    const known = new KnownConstants(bytes, index.spaces);
    known.begin(start, { params: 1, locals: 1 });
    expect(known.topAt(start + 6)).toBe(7);
    known.forget(start + 4);
    expect(known.topAt(start + 6)).toBe(Infinity);
    expect(known.topAt(start + 8)).toBe(9);
    known.forgetTop(start + 8);
    expect(known.topAt(start + 8)).toBe(Infinity);
  });
});
