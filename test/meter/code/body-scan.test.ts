import { describe, expect, it } from 'vitest';
import {
  BodyScan,
  CONDITIONAL,
  HAS_CALL,
  HAS_DIRECT_LOOP,
  HAS_ELSE,
  HAS_LOOP,
  HAS_TABLE,
  SYNCED,
} from '../../../engine/src/meter/code/body-scan.js';
import { codeOf } from './code-of.js';

const HEAD = '(memory 1) (tag $e) (func $f)';

async function scan(instructions: string): Promise<BodyScan> {
  const { module, index, cursor } = await codeOf(`(module ${HEAD} (func (param i32) ${instructions}))`);
  const found = new BodyScan(module.code, index);
  found.scan(cursor, { locals: 1, moving: -1 });
  return found;
}

describe('BodyScan.scan()', () => {
  it.each<[string, string, number[]]>([
    ['nothing', 'nop', [0]],
    ['an else', '(if (local.get 0) (then) (else))', [0, HAS_ELSE]],
    [
      'a call, which all around have',
      '(block (loop (call $f)))',
      [HAS_CALL | HAS_LOOP, HAS_CALL | HAS_LOOP | HAS_DIRECT_LOOP, HAS_CALL],
    ],
    ['a loop behind a block', '(block (block (loop)))', [HAS_LOOP, HAS_LOOP, HAS_LOOP | HAS_DIRECT_LOOP, 0]],
    ['a branch that may not be taken', '(block (br_if 0 (local.get 0)))', [0, CONDITIONAL]],
    ['a branch that is', '(block (br 0))', [0, 0]],
    ['a table', '(block (br_table 0 1 (local.get 0)))', [HAS_TABLE | CONDITIONAL, HAS_TABLE | CONDITIONAL]],
    ['a bulk instruction', '(block (drop (memory.grow (local.get 0))))', [HAS_CALL, HAS_CALL]],
    [
      'a try, which counts as a call',
      '(block (try_table (catch $e 0)))',
      [HAS_CALL, HAS_CALL | SYNCED | CONDITIONAL, 0],
    ],
  ])('of %s marks the labels', async (_, instructions, flags) => {
    const found = await scan(instructions);
    expect([...found.flags.subarray(0, found.count)]).toEqual(flags);
  });

  it('puts the labels of one table into one class', async () => {
    const found = await scan('(block (block (block (br_table 0 2 (local.get 0)))))');
    expect([found.count, found.merges]).toEqual([4, 6]);
    expect(found.classOf(1)).toBe(found.classOf(3));
    expect([found.classOf(0), found.classOf(2)]).toEqual([0, 2]);
  });

  it('notes the stops with what lies between them, the ends, and bulk instructions', async () => {
    const found = await scan(
      '(block (drop (i32.add (local.get 0) (i32.const 1)))) (drop (memory.grow (i32.const 1)))',
    );
    expect([found.hasBulk, (await scan('nop')).hasBulk]).toEqual([true, false]);
    expect(found.ends[0]).toBeGreaterThan(found.ends[1] as number);
  });

  it('refuses a branch to no label', async () => {
    await expect(scan('(br_if 1 (local.get 0))')).rejects.toThrow(
      expect.objectContaining({ code: 'WP_MODULE_INVALID' }),
    );
  });
});
