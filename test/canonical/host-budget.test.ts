import { DEFAULT_LIMITS, type Limits } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';
import type { CallMeter } from '../../engine/src/canonical/call-meter.js';
import { HostBudget } from '../../engine/src/canonical/host-budget.js';

const MIB = 2 ** 20;
/** Bytes between two checks. */
const LOOK = 64 * 1024;

/** A budget whose calls begin by hand. */
class Budget extends HostBudget {
  looks = 0;

  constructor(limits: Limits) {
    super('eq', { ...DEFAULT_LIMITS, ...limits } as typeof DEFAULT_LIMITS);
    this.meter = { look: () => void this.looks++ } as Partial<CallMeter> as CallMeter;
  }

  begin(): void {
    this.allowAnew();
  }
}

describe('HostBudget.charge()', () => {
  it('counts bytes to the limit of a call; each call has as many', () => {
    const budget = new Budget({ hostBytes: 1000 });
    for (let call = 1; call <= 2; call++) {
      budget.begin();
      expect(budget.charged).toBe(false);
      budget.charge(600);
      budget.charge(400);
      expect([budget.bytes, budget.charged]).toEqual([call * 1000, true]);
    }
    expect(() => budget.charge(5)).toThrow(
      expect.objectContaining({
        code: 'WP_QUOTA_HOST',
        limit: 'hostBytes',
        allowed: 1000,
        used: 1005,
        plugin: 'eq',
      }),
    );
  });

  it('looks at the deadlines at the first byte of a call, and then each 64 KiB', () => {
    const budget = new Budget({ hostBytes: 100 * MIB });
    budget.begin();
    budget.charge(1);
    expect(budget.looks).toBe(1);
    budget.charge(64 * 1024);
    expect(budget.looks).toBe(1);
    budget.charge(1);
    expect(budget.looks).toBe(2);
    budget.begin();
    budget.hold(1);
    expect(budget.looks).toBe(3);
  });
});

describe('HostBudget.hold()', () => {
  it('bounds what one crossing holds: 128 MiB, or an eighth of the limit', () => {
    const small = new Budget({ hostBytes: 512 * MIB });
    small.begin();
    small.hold(128 * MIB);
    expect(() => small.hold(LOOK + 1)).toThrow('at most 134217728 are allowed');
    const large = new Budget({ hostBytes: 2048 * MIB });
    large.begin();
    large.hold(256 * MIB);
    expect(() => large.hold(LOOK + 1)).toThrow('at most 268435456 are allowed');
  });

  it('does not count what only crosses', () => {
    const budget = new Budget({ hostBytes: 1024 * MIB });
    budget.begin();
    budget.charge(500 * MIB);
    budget.hold(128 * MIB);
    expect(() => budget.hold(LOOK + 1)).toThrow('would hold 134283265 bytes');
  });
});

describe('HostBudget.countHostCall()', () => {
  it('counts calls to the limit of a call', () => {
    const budget = new Budget({ hostCalls: 2 });
    budget.begin();
    budget.countHostCall();
    budget.countHostCall();
    expect([budget.hostCalls, budget.within, budget.charged]).toEqual([2, 2, true]);
    expect(() => budget.countHostCall()).toThrow(
      expect.objectContaining({ code: 'WP_QUOTA_HOST', limit: 'hostCalls', allowed: 2, used: 3 }),
    );
    budget.begin();
    expect(() => budget.countHostCall()).not.toThrow();
  });
});
