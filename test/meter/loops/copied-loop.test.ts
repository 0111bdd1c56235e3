import { describe, expect, it } from 'vitest';
import { copiesFor } from '../../../engine/src/meter/loops/copied-loop.js';

describe('copiesFor()', () => {
  it.each([
    [1, 4],
    [256, 4],
    [257, 3],
    [512, 2],
    [1024, 1],
    [1025, 0],
  ])('of %i bytes are %i rounds for a check', (bytes, copies) => {
    expect(copiesFor(bytes)).toBe(copies);
  });
});
