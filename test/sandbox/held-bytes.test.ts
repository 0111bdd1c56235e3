import { describe, expect, it } from 'vitest';
import { HeldBytes } from '../../engine/src/sandbox/held-bytes.js';

describe('HeldBytes', () => {
  it('takes bytes up to the limit, and has those again that are given back', () => {
    const held = new HeldBytes(10);
    expect([held.take(4), held.take(6), held.take(1)]).toEqual([true, true, false]);
    expect([held.used, held.left]).toEqual([10, 0]);
    held.give(4);
    expect([held.left, held.take(5), held.take(4)]).toEqual([4, false, true]);
  });
});
