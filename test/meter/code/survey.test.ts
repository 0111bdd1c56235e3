import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { surveyModule } from '../../../engine/src/meter/code/survey.js';
import { decodeModule } from '../../../engine/src/module/index.js';

async function survey(text: string) {
  return surveyModule(decodeModule(await parse(`(module ${text})`)));
}

describe('surveyModule()', () => {
  it('knows what is called directly, and who ends in tail calls', async () => {
    const { called, tailCalls, tailCalled } = await survey(`
      (import "" "f" (func $import)) (func $a (call $import)) (func $b (return_call $a))
      (func $c (param funcref) (return_call_indirect (i32.const 0))) (table 1 funcref) (func $d)`);
    expect({ called: [...called], tailCalls: [...tailCalls], tailCalled: [...tailCalled] }).toEqual({
      called: [1, 0, 0, 0, 0],
      tailCalls: [0, 0, 1, 1, 0],
      tailCalled: [0, 1, 0, 0, 0],
    });
  });

  it('passes over locals whose types take more than a byte', async () => {
    const { called } = await survey(
      '(type $t (func)) (func $a) (func (local (ref null $t)) (local i32) (local (ref null extern)) (call $a))',
    );
    expect([...called]).toEqual([1, 0]);
  });

  it('knows which memories and tables grow, are filled, and are copied between', async () => {
    const { growsMemory, growsTable, fillsMemory, copies, waits } = await survey(`
      (memory $m 1) (memory $n 1) (table $s 1 funcref) (table $t 1 funcref)
      (func (local i32 i64) (drop (memory.grow $n (i32.const 1))) (drop (table.grow $t (ref.null func) (i32.const 1)))
        (memory.fill $m (i32.const 0) (i32.const 0) (i32.const 0))
        (memory.copy $n $m (i32.const 0) (i32.const 0) (i32.const 0)))`);
    expect([[...growsMemory], [...growsTable], [...fillsMemory], [...waits]]).toEqual([
      [0, 1],
      [0, 1],
      [1, 0],
      [0],
    ]);
    expect([...copies.values()]).toEqual([[1, 0]]);
  });

  it.each(['32', '64'])('knows that something waits (%s)', async (bits) => {
    const wait = `(memory.atomic.wait${bits} (i32.const 0) (i${bits}.const 0) (i64.const 0))`;
    expect([...(await survey(`(memory 1 1 shared) (func (drop ${wait}))`)).waits]).toEqual([1]);
  });

  it('collects the types of more than one result', async () => {
    const { wideTypes } = await survey(
      '(func) (func (result i32) unreachable) (func (result i32 i32) unreachable)',
    );
    expect([...wideTypes]).toEqual([2]);
  });
});
