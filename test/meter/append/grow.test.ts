import { describe, expect, it } from 'vitest';
import { appendGrowMemory, appendGrowTable, ASK } from '../../../engine/src/meter/append/index.js';
import { appended } from './appended-module.js';

const FUNCREF = 0x70;

/** A memory and a table that can grow to 3, with functions of ours to grow them by. */
async function growing(answer: (question: number) => number) {
  const asked: number[][] = [];
  const instance = await appended(
    '(module (memory (export "m") 1 3) (table (export "t") 1 3 funcref))',
    (appendix, place) => ({
      growMemory: appendGrowMemory(appendix, place, 0, false),
      growTable: appendGrowTable(appendix, place, { index: 0, wide: false, reference: FUNCREF }),
    }),
    (question, _, first, second) => (asked.push([question, first, second]), answer(question)),
  );
  const pages = (): number => (instance.export('m') as WebAssembly.Memory).buffer.byteLength / 65_536;
  const elements = (): number => (instance.export('t') as WebAssembly.Table).length;
  return { asked, pages, elements, ...instance };
}

describe('appendGrowMemory() and appendGrowTable()', () => {
  it('ask the hook for the growth, and grow', async () => {
    const { call, asked, pages, elements } = await growing(() => 0);
    expect([call('growMemory', 2), call('growTable', null, 1)]).toEqual([1, 1]);
    expect(asked).toEqual([
      [ASK.GROW_MEMORY, 2, 0],
      [ASK.GROW_TABLE, 1, 0],
    ]);
    expect([pages(), elements()]).toEqual([3, 2]);
  });

  it('return -1 where the hook refuses, and have not grown', async () => {
    const { call, pages, elements } = await growing(() => -1);
    expect([call('growMemory', 1), call('growTable', null, 1)]).toEqual([-1, -1]);
    expect([pages(), elements()]).toEqual([1, 1]);
  });

  it('trap where the hook says NaN', async () => {
    const { call } = await growing(() => NaN);
    expect(() => call('growMemory', 1)).toThrow('unreachable');
    expect(() => call('growTable', null, 1)).toThrow('unreachable');
  });

  it('give back what failed all the same; a length is unsigned', async () => {
    const { call, asked } = await growing(() => 0);
    expect([call('growMemory', -1), call('growTable', null, 5)]).toEqual([-1, -1]);
    expect(asked).toEqual([
      [ASK.GROW_MEMORY, 2 ** 32 - 1, 0],
      [ASK.UNDO_MEMORY, 2 ** 32 - 1, 0],
      [ASK.GROW_TABLE, 5, 0],
      [ASK.UNDO_TABLE, 5, 0],
    ]);
  });
});
