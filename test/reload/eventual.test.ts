import { describe, expect, it } from 'vitest';
import { orElse, whenDone } from '../../engine/src/reload/eventual.js';

describe('whenDone()', () => {
  it('goes on at once with a value, and later with a promise', async () => {
    expect(whenDone(1, (value) => value + 1)).toBe(2);
    const later = whenDone(Promise.resolve(1), (value) => value + 1);
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toBe(2);
  });
});

describe('orElse()', () => {
  const fail = (): never => {
    throw new Error('no');
  };

  it('returns the result, now or later', async () => {
    expect(orElse(() => 1, fail)).toBe(1);
    expect(await orElse(async () => 1, fail)).toBe(1);
  });

  it('recovers from what fails, now or later', async () => {
    const recover = (error: unknown): string => `after ${String(error)}`;
    expect(orElse(fail, recover)).toBe('after Error: no');
    expect(await orElse(async () => fail(), recover)).toBe('after Error: no');
  });
});
