import { describe, expect, it } from 'vitest';
import { quotaErrorFrom } from '../../../engine/src/meter/budget/quota-error.js';

describe('quotaErrorFrom()', () => {
  it.each([
    ['fuel', 'WP_QUOTA_FUEL'],
    ['fuelTotal', 'WP_QUOTA_FUEL'],
    ['timeMs', 'WP_QUOTA_TIME'],
    ['wallMs', 'WP_QUOTA_WALL'],
    ['memoryBytes', 'WP_QUOTA_MEMORY'],
    ['tableElements', 'WP_QUOTA_TABLE'],
    ['stackDepth', 'WP_QUOTA_STACK'],
  ] as const)('of %s has the code %s and the facts', (quota, code) => {
    const cause = new Error('trap');
    const error = quotaErrorFrom({ quota, limit: 10, used: 12 }, { plugin: 'eq', cause });
    expect(error).toMatchObject({ code, limit: quota, allowed: 10, used: 12, plugin: 'eq', cause });
  });
});
