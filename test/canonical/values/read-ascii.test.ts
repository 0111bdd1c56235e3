import { describe, expect, it } from 'vitest';
import { readAscii } from '../../../engine/src/canonical/values/read-ascii.js';

describe('readAscii()', () => {
  it('reads texts of every length', () => {
    const all = 'The quick brown fox jumps over the lazy dog';
    const bytes = new TextEncoder().encode(all);
    for (let start = 0; start < 3; start++)
      for (let end = start; end <= bytes.length; end++)
        expect(readAscii(bytes, start, end)).toBe(all.slice(start, end));
  });
});
