import { describe, expect, it } from 'vitest';
import { READY, Waiter } from '../../engine/src/sandbox/waiter.js';

const MS = 1_000_000n;

/** A waiter whose clock goes on only as it waits. */
function waiter(limitMs = 1000) {
  let nowNs = 0n;
  const waits: number[] = [];
  const made = new Waiter({
    clock: {
      monotonicNs: () => nowNs,
      wallNs: () => 0n,
      wait: (ms) => {
        waits.push(ms);
        nowNs += BigInt(Math.ceil(ms * 1e6));
      },
    },
    limitMs,
    plugin: 'eq',
  });
  const due = (ms: number) => ({ ready: () => nowNs >= BigInt(ms) * MS, dueNs: BigInt(ms) * MS });
  return { waiter: made, waits, due };
}

describe('Waiter.wait()', () => {
  it('returns at once what is ready', () => {
    const { waiter: made, waits, due } = waiter();
    expect([...made.wait([due(5), READY, READY])]).toEqual([1, 2]);
    expect(waits).toEqual([]);
  });

  it('waits until the first is due', () => {
    const { waiter: made, waits, due } = waiter();
    expect([...made.wait([due(50), due(5)])]).toEqual([1]);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(5, 3);
  });

  it('ends once it takes longer than a wait may', () => {
    const { waiter: made, due } = waiter(20);
    expect(() => made.wait([due(50)])).toThrow(
      expect.objectContaining({ code: 'WP_QUOTA_WALL', allowed: 20, plugin: 'eq' }),
    );
  });

  it('refuses to wait for nothing', () => {
    expect(() => waiter().waiter.wait([])).toThrow(
      expect.objectContaining({ code: 'WP_TRAP_HOST', plugin: 'eq' }),
    );
  });
});
