import { describe, expect, it } from 'vitest';
import { atOnce, type Pieces } from '../../engine/src/meter/pieces.js';

describe('atOnce()', () => {
  it('does all pieces and returns the result', () => {
    const done: number[] = [];
    function* work(): Pieces<string> {
      for (const piece of [1, 2, 3]) {
        done.push(piece);
        yield;
      }
      return 'all';
    }
    expect([atOnce(work()), done]).toEqual(['all', [1, 2, 3]]);
  });
});
