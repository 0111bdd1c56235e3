import { describe, expect, it } from 'vitest';
import { MovedLocal } from '../../../engine/src/meter/code/moved-local.js';

function noted(...offsets: number[]): MovedLocal {
  const moved = new MovedLocal(8);
  moved.clear();
  for (const offset of offsets) moved.add(offset, true);
  return moved;
}

describe('MovedLocal', () => {
  it('passes the offsets before an end, in order, and stays at the first one behind it', () => {
    const moved = noted(3, 7, 20);
    expect([moved.nextBefore(10), moved.nextBefore(10)]).toEqual([3, 7]);
    expect(moved.nextBefore(10)).toBeGreaterThanOrEqual(10);
    expect(moved.nextBefore(21)).toBe(20);
    expect(moved.nextBefore(1000)).toBeGreaterThan(1000);
  });

  it('goes back to the first offset from a place on', () => {
    const moved = noted(3, 7, 20);
    for (let times = 0; times < 3; times++) moved.nextBefore(100);
    moved.rewind(7);
    expect(moved.nextBefore(100)).toBe(7);
    moved.rewind(8);
    expect(moved.nextBefore(100)).toBe(20);
  });

  it('knows whether each index takes one byte, and forgets with the body', () => {
    const moved = noted(3);
    expect(moved.areShort).toBe(true);
    moved.add(9, false);
    expect(moved.areShort).toBe(false);
    moved.clear();
    expect([moved.areShort, moved.nextBefore(100) > 100]).toEqual([true, true]);
  });
});
