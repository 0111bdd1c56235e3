import { describe, expect, it } from 'vitest';
import { refuseSlow } from '../../../engine/src/meter/code/refuse-slow.js';

describe('refuseSlow()', () => {
  it.each([
    { locals: 2 ** 12, merges: 2 ** 11, bytes: 1 },
    { locals: 2 ** 13, merges: 1, bytes: 2 ** 20 },
  ])('accepts %o, which is just small enough', (size) => {
    expect(() => refuseSlow(size, 5)).not.toThrow();
  });

  it.each([
    { locals: 2 ** 12, merges: 2 ** 11 + 1, bytes: 1 },
    { locals: 2 ** 13, merges: 1, bytes: 2 ** 20 + 1 },
  ])('refuses %o', (size) => {
    expect(() => refuseSlow(size, 5)).toThrow(
      expect.objectContaining({ code: 'WP_MODULE_LIMIT', offset: 5, section: 'code' }),
    );
  });
});
