import { describe, expect, it } from 'vitest';
import { refuseUnbounded } from '../../engine/src/meter/refuse-unbounded.js';
import { moduleFrom } from './append/appended-module.js';

const NONE = { sharedMemories: false, unboundedHeap: false };

describe('refuseUnbounded()', () => {
  it.each([
    [
      'a shared memory',
      '(memory 1 1 shared)',
      { ...NONE, sharedMemories: true },
      'shared memories are not let in',
    ],
    ['an imported one', '(import "" "m" (memory 1 1 shared))', { ...NONE, sharedMemories: true }, 'shared'],
    ['structs', '(type (struct))', { ...NONE, unboundedHeap: true }, 'types of structs'],
    ['arrays', '(type (array i32))', { ...NONE, unboundedHeap: true }, 'types of arrays'],
    [
      'large exceptions',
      `(tag (param ${'i64 '.repeat(16)} i32))`,
      { ...NONE, unboundedHeap: true },
      'of 132 bytes',
    ],
    [
      'large vectors in them',
      `(tag (param ${'v128 '.repeat(9)}))`,
      { ...NONE, unboundedHeap: true },
      'of 144 bytes',
    ],
    [
      'imported ones',
      `(import "" "t" (tag (param ${'f64 '.repeat(17)})))`,
      { ...NONE, unboundedHeap: true },
      'of 136',
    ],
    ['exceptions of exceptions', '(tag (param exnref))', { ...NONE, unboundedHeap: true }, 'hold exceptions'],
    [
      'tables of exceptions',
      '(table 1 exnref)',
      { ...NONE, unboundedHeap: true },
      'a table that holds exceptions',
    ],
    [
      'imported tables of them',
      '(import "" "t" (table 1 exnref))',
      { ...NONE, unboundedHeap: true },
      'a table',
    ],
    [
      'globals of exceptions',
      '(global exnref (ref.null exn))',
      { ...NONE, unboundedHeap: true },
      'a global that holds',
    ],
    [
      'imported globals of them',
      '(import "" "g" (global exnref))',
      { ...NONE, unboundedHeap: true },
      'a global',
    ],
  ])('refuses %s, unless the plan lets them in', async (_, text, letting, message) => {
    const { module } = await moduleFrom(`(module ${text})`);
    const error = expect.objectContaining({
      code: 'WP_MODULE_UNSUPPORTED',
      message: expect.stringContaining(message),
    });
    expect(() => refuseUnbounded(module, NONE)).toThrow(error);
    expect(() => refuseUnbounded(module, letting)).not.toThrow();
  });

  it.each([
    ['memories of one thread', '(memory 1)'],
    ['small exceptions', `(tag (param ${'i64 '.repeat(16)})) (tag (param ${'f32 '.repeat(32)}))`],
    ['tables of functions', '(table 1 funcref) (global externref (ref.null extern))'],
  ])('accepts %s', async (_, text) => {
    const { module } = await moduleFrom(`(module ${text})`);
    expect(() => refuseUnbounded(module, NONE)).not.toThrow();
  });
});
