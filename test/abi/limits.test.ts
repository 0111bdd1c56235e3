import { DEFAULT_LIMITS, LIMITS, PluginError, resolveLimits, type LimitName } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';

function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (PluginError.is(error) && error.code === 'WP_LIMITS') return error.message;
    throw error;
  }
  throw new Error('was not refused');
}

describe('resolveLimits()', () => {
  it('gives complete, frozen limits', () => {
    const limits = resolveLimits({ fuel: 5 });
    expect(limits).toEqual({ ...DEFAULT_LIMITS, fuel: 5 });
    expect(Object.isFrozen(limits)).toBe(true);
  });

  it.each([
    ['memoryBytes', '64 MiB', 67_108_864],
    ['memoryBytes', '1kB', 1000],
    ['timeMs', '2 s', 2000],
    ['timeMs', '0.5', 0.5],
    ['fuel', '1e6', 1_000_000],
    ['fuel', '1_000_000', 1_000_000],
    ['fuel', 'none', Infinity],
    ['handles', 3.7, 3],
  ] as const)('reads %s of %s', (name, given, wanted) => {
    expect(resolveLimits({ [name]: given })[name]).toBe(wanted);
  });

  it('keeps what is not given', () => {
    const base = resolveLimits({ timeMs: 50 });
    expect(resolveLimits({ fuel: 1 }, { base }).timeMs).toBe(50);
  });

  it('lets a manifest lower a limit', () => {
    expect(resolveLimits({ memoryBytes: 1 }, { lowerOnly: true }).memoryBytes).toBe(1);
  });
});

describe('resolveLimits() with bad input', () => {
  it('refuses an unknown key', () => {
    expect(refusalOf(() => resolveLimits({ memory: 1 }))).toContain('limits.memory: there is no such limit');
  });

  it.each(Object.keys(LIMITS) as LimitName[])('refuses nonsense for %s', (name) => {
    for (const value of [-1, Number.NaN, '5 parsecs', '', {}, [], true, null]) {
      expect(refusalOf(() => resolveLimits({ [name]: value }))).toContain(`limits.${name}: wanted`);
    }
  });

  it('refuses a manifest that raises a limit', () => {
    const base = resolveLimits({ timeMs: 50 });
    expect(
      refusalOf(() =>
        resolveLimits({ timeMs: 51 }, { base, lowerOnly: true, source: 'plugin.json: limits' }),
      ),
    ).toBe(
      'Cannot resolve limits: plugin.json: limits.timeMs: wanted at most 50, which is what the host allows, got 51',
    );
  });

  it('refuses a manifest that undoes strictMemory', () => {
    const base = resolveLimits({ strictMemory: true });
    expect(refusalOf(() => resolveLimits({ strictMemory: false }, { base, lowerOnly: true }))).toContain(
      'may not be undone',
    );
  });

  it.each([null, 5, 'x', []])('refuses %s in place of an object', (given) => {
    expect(refusalOf(() => resolveLimits(given))).toContain('wanted an object of limits');
  });
});
