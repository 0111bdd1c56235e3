import { describe, expect, it } from 'vitest';
import { AccessBounds } from '../../../engine/src/meter/code/access-bounds.js';
import { codeOf } from './code-of.js';

/** Returns true if the second instruction of a function, behind its address, certainly traps. */
async function trapsForCertain(memory: string, access: string): Promise<boolean> {
  const { index, cursor } = await codeOf(`(module (memory ${memory})
    (func (param i32 i64 v128) (local.get 0) ${access} unreachable))`);
  const bounds = new AccessBounds(index);
  cursor.next();
  const found: boolean[] = [];
  while (cursor.op !== 0x00) {
    cursor.next();
    if (cursor.op !== 0x20 && cursor.op !== 0x00) found.push(bounds.trapsForCertain(cursor));
  }
  return found.some(Boolean);
}

describe('AccessBounds.trapsForCertain()', () => {
  it.each([
    ['1 1', 'i32.load offset=65532 drop', false],
    ['1 1', 'i32.load offset=65533 drop', true],
    ['1 1', 'i64.load32_u offset=65532 drop', false],
    ['1 1', 'i64.load32_u offset=65533 drop', true],
    ['1 1', 'i32.load8_u offset=65535 drop', false],
    ['1 1', 'i32.load8_u offset=65536 drop', true],
    ['1 1', '(local.get 1) i64.store offset=65528', false],
    ['1 1', '(local.get 1) i64.store offset=65529', true],
    ['1 1', 'v128.load offset=65520 drop', false],
    ['1 1', 'v128.load offset=65521 drop', true],
    ['1 1', '(local.get 2) v128.store16_lane offset=65534 0', false],
    ['1 1', '(local.get 2) v128.store16_lane offset=65535 0', true],
    ['1 1', 'i64.atomic.load offset=65528 drop', false],
    ['1 1', 'i64.atomic.load offset=65536 drop', true],
    ['1 1', '(local.get 0) i32.atomic.rmw8.add_u offset=65535 drop', false],
    ['1 1', '(local.get 0) i32.atomic.rmw8.add_u offset=65536 drop', true],
    ['1', 'i32.load offset=4294967290 drop', false],
    ['1', 'i32.load offset=4294967295 drop', true],
    ['1 1', 'i32.eqz drop', false],
  ])('in a memory of %s, "%s": %s', async (memory, access, expected) => {
    expect(await trapsForCertain(memory, access)).toBe(expected);
  });
});

describe('AccessBounds.harmless', () => {
  it.each([
    ['(memory 1 1)', 65_528],
    ['(memory 0 0)', 0],
    ['(memory 1)', 2 ** 32 - 8],
    ['(memory i64 1)', 0xffffffff],
    ['', 0],
  ])('of %s', async (memory, expected) => {
    const { index } = await codeOf(`(module ${memory} (func))`);
    expect(new AccessBounds(index).harmless).toBe(expected);
  });
});
