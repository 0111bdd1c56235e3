import { describe, expect, it } from 'vitest';
import { MovedLocal } from '../../../engine/src/meter/code/moved-local.js';
import { COMPUTING, COMPUTING_OR_BRANCHING, PlainRuns } from '../../../engine/src/meter/code/plain-runs.js';
import { codeOf } from './code-of.js';

const HEAD = '(memory 1) (global (mut i32) (i32.const 0)) (func $f)';

/** Passes over the start of a function; returns the opcode that it stops at, and the cost of the passed code. */
async function passed(
  instructions: string,
  { entries = COMPUTING, locals = 100, moving = -1, head = HEAD } = {},
): Promise<{ op: number; cost: number; moved: number[] }> {
  // Behind it, as the last bytes of a module are left to the cursor.
  const code = await codeOf(
    `(module ${head} (func (param ${'i32 '.repeat(100)}) ${instructions} unreachable nop nop))`,
  );
  const movedLocal = new MovedLocal(100);
  movedLocal.clear();
  const runs = new PlainRuns(code.bytes, { index: code.index, entries, movedLocal });
  runs.enter(locals, moving);
  const cost = runs.pass(code.cursor);
  const moved: number[] = [];
  for (let at = movedLocal.nextBefore(1e9); at < 1e9; at = movedLocal.nextBefore(1e9))
    moved.push(at - code.start);
  return { op: code.bytes[code.cursor.position] as number, cost, moved };
}

const UNREACHABLE = 0x00;

describe('PlainRuns.pass()', () => {
  it.each([
    ['(i32.const 1) (i32.const 200) i32.add drop', 3],
    ['(f64.const 1) drop (f32.const 1) drop', 2],
    ['(i32.load (i32.const 1)) (i32.load offset=100 (i32.const 1)) drop drop', 4],
    ['(global.get 0) (global.set 0)', 2],
    ['(local.get 5) (local.set 6)', 2],
    ['nop nop', 0],
  ])('passes over "%s" for %i', async (instructions, cost) => {
    expect(await passed(instructions)).toMatchObject({ cost, op: UNREACHABLE });
  });

  it.each([
    ['a call', '(call $f)', 0x10],
    ['a long integer', '(i32.const 100000)', 0x41],
    ['a long offset', '(i32.load offset=100000 (i32.const 1))', 0x28],
    ['an i64', '(i64.const 100000)', 0x42],
    ['a bulk instruction', '(memory.grow (i32.const 1))', 0x40],
    ['a vector', '(v128.const i32x4 0 0 0 0)', 0xfd],
  ])('stops at %s', async (_, instructions, op) => {
    expect((await passed(`nop ${instructions}`)).op).toBe(op);
  });

  it('stops at branches, unless the entries let them in', async () => {
    const branch = '(block (br_if 0 (i32.const 1)))';
    expect((await passed(branch)).op).toBe(0x02);
    expect(await passed(branch, { entries: COMPUTING_OR_BRANCHING })).toMatchObject({
      op: UNREACHABLE,
      cost: 2,
    });
  });

  it('stops at accesses that trap for certain, by stopping at all of a small memory', async () => {
    const head = '(memory 0 0) (func $f)';
    expect((await passed('(i32.load (i32.const 1)) drop', { head })).op).toBe(0x28);
  });

  it('stops at locals that are not there, and notes where the moving one is named', async () => {
    expect((await passed('(local.get 4) drop', { locals: 4 })).op).toBe(0x20);
    const { moved, op, cost } = await passed('(local.get 3) (local.set 2) (local.get 3) drop', { moving: 3 });
    expect({ moved, op, cost }).toEqual({ moved: [1, 5], op: UNREACHABLE, cost: 3 });
  });
});
