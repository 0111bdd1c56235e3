import { describe, expect, it } from 'vitest';
import { costOf, isBulk } from '../../../engine/src/meter/code/cost.js';
import { OP } from '../../../engine/src/module/index.js';

describe('costOf()', () => {
  it('is nothing of what only shapes the control flow, and otherwise 1', () => {
    const free = Object.entries(OP).filter(([, op]) => costOf(op) === 0);
    expect(free.map(([name]) => name).toSorted()).toEqual([
      'BLOCK',
      'CATCH',
      'CATCH_ALL',
      'DELEGATE',
      'DROP',
      'ELSE',
      'END',
      'LOOP',
      'NOP',
      'RETURN',
      'UNREACHABLE',
    ]);
    expect(Object.values(OP).every((op) => costOf(op) <= 1)).toBe(true);
  });
});

describe('isBulk()', () => {
  it('is true of what moves, makes or adds as many units as its operand says', () => {
    const bulk = Object.entries(OP).filter(([, op]) => isBulk(op));
    expect(bulk.map(([name]) => name).toSorted()).toEqual([
      'ARRAY_COPY',
      'ARRAY_FILL',
      'ARRAY_INIT_DATA',
      'ARRAY_INIT_ELEM',
      'ARRAY_NEW',
      'ARRAY_NEW_DATA',
      'ARRAY_NEW_DEFAULT',
      'ARRAY_NEW_ELEM',
      'MEMORY_COPY',
      'MEMORY_FILL',
      'MEMORY_GROW',
      'MEMORY_INIT',
      'TABLE_COPY',
      'TABLE_FILL',
      'TABLE_GROW',
      'TABLE_INIT',
    ]);
  });
});
