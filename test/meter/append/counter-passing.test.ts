import { describe, expect, it } from 'vitest';
import {
  addressTaken,
  Appendix,
  chooseCounterPassing,
  countPassing,
  GrowthBudget,
  NO_TWIN,
} from '../../../engine/src/meter/append/index.js';
import { surveyModule } from '../../../engine/src/meter/code/index.js';
import { moduleFrom } from './appended-module.js';

async function chosen(text: string) {
  const { module, index } = await moduleFrom(`(module ${text})`);
  const appendix = new Appendix(index, new GrowthBudget(0));
  const passing = chooseCounterPassing(module, { survey: surveyModule(module), appendix });
  return { ...passing, appendix, count: countPassing(passing) };
}

const CALLER = '(func (call 0))';

describe('chooseCounterPassing()', () => {
  it('makes a function that is only called its own twin, of another type', async () => {
    const { twins, newTypes, originals, appendix, count } = await chosen(`(func) ${CALLER}`);
    expect([...twins]).toEqual([0, NO_TWIN]);
    expect([newTypes.size, originals.size, count]).toEqual([1, 0, 1]);
    expect(appendix.types[0]?.types[0]?.composite).toMatchObject({ params: [0x7e], results: [0x7e] });
  });

  it.each([
    ['exported', `(func (export "f")) ${CALLER}`],
    ['the start function', `(func) ${CALLER} (start 0)`],
    ['in a table', `(func) ${CALLER} (table funcref (elem 0))`],
    ['referred to by a global', `(func) ${CALLER} (global funcref (ref.func 0))`],
    ['the target of a tail call too', `(func) ${CALLER} (func (return_call 0))`],
  ])('appends a twin of a function that is %s', async (_, text) => {
    const { twins, newTypes, originals, count } = await chosen(text);
    expect(originals.get(twins[0] as number)).toBe(0);
    expect(twins[0]).not.toBe(0);
    expect([newTypes.size, count]).toEqual([0, 1]);
  });

  it.each([
    ['not called', '(func) (func)'],
    ['imported', '(import "" "f" (func)) (func (call 0))'],
    ['of two results', '(func (result i32 i32) (i32.const 0) (i32.const 0)) (func (call 0) drop drop)'],
    ['ending in a tail call', '(func (return_call 1)) (func (call 0))'],
    [
      'of as many parameters as there can be',
      `(func (param ${'i32 '.repeat(1000)})) (func ${'(i32.const 0)'.repeat(1000)} call 0)`,
    ],
  ])('leaves a function alone that is %s', async (_, text) => {
    const { twins, count } = await chosen(text);
    expect([twins[0], count]).toEqual([NO_TWIN, 0]);
  });

  it('shares the type among functions of one type', async () => {
    const { appendix } = await chosen('(func) (func) (func (call 0) (call 1))');
    expect(appendix.types).toHaveLength(1);
  });
});

describe('addressTaken()', () => {
  it('lists what exports, the start, tables, elements and globals refer to', async () => {
    const { module } = await moduleFrom(`(module
      (func (export "f")) (func) (func) (func) (func) (func)
      (start 1) (table 2 funcref) (elem (i32.const 0) func 2) (elem funcref (ref.func 3))
      (global funcref (ref.func 4)))`);
    expect([...addressTaken(module)].toSorted()).toEqual([0, 1, 2, 3, 4]);
  });
});
