import { describe, expect, it } from 'vitest';
import { refuseTooMany } from '../../engine/src/meter/refuse-too-many.js';
import { moduleFrom } from './append/appended-module.js';

const NO_MODULE = new Uint8Array(8);
const EMPTY = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

describe('refuseTooMany()', () => {
  it('asks the engine only where the counts are beyond what some engine takes', async () => {
    const { module: original, index } = await moduleFrom('(module (import "" "f" (func)) (func))');
    const having = (functions: number, exports = 0) => ({
      original,
      index,
      rewritten: {
        ...original,
        functions: Array.from({ length: functions }, () => 0),
        exports: Array.from({ length: exports }, (_, at) => ({
          name: `${at}`,
          kind: 'func' as const,
          index: 0,
        })),
      },
    });
    expect(() => refuseTooMany(having(10), NO_MODULE)).not.toThrow();
    // With the imported one, a million.
    expect(() => refuseTooMany(having(999_999), NO_MODULE)).not.toThrow();
    expect(() => refuseTooMany(having(1_000_000), NO_MODULE)).toThrow(
      expect.objectContaining({
        code: 'WP_MODULE_LIMIT',
        message: expect.stringContaining('1000001 functions, which the engine does not take'),
      }),
    );
    expect(() => refuseTooMany(having(1, 100_001), NO_MODULE)).toThrow('100001 exports');
    expect(() => refuseTooMany(having(1_000_000), EMPTY)).not.toThrow();
  });
});
