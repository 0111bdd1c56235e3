import { describe, expect, it } from 'vitest';
import type { Attached } from '../../../engine/src/meter/budget/attached.js';
import { refuseUncounted } from '../../../engine/src/meter/budget/refuse-uncounted.js';
import type { MeteredModule } from '../../../engine/src/meter/metered-module.js';
import type { StackCounting } from '../../../engine/src/meter/plan.js';

/** A module with such a plan; one that counts nothing has only functions that pass calls on. */
function module(stackDepth: StackCounting, counts = true): MeteredModule {
  const frames = counts ? { limit: 'l', peak: 'p' } : undefined;
  return { stackDepth, names: { frames } } as MeteredModule;
}

function attached(stackDepth: StackCounting, counts = true): Attached {
  return {
    metered: module(stackDepth, counts),
    stackPeak: counts ? () => 0 : undefined,
  } as unknown as Attached;
}

describe('refuseUncounted()', () => {
  it.each<[string, MeteredModule, Attached[]]>([
    ['one by itself', module('alone'), []],
    ['one that shares, by itself', module('shared'), []],
    ['two that share', module('shared'), [attached('shared')]],
    ['one beside those that count nothing', module('alone'), [attached('alone', false)]],
    ['one that counts nothing', module('alone', false), [attached('shared')]],
  ])('accepts %s', (_, metered, others) => {
    expect(() => refuseUncounted(metered, others)).not.toThrow();
  });

  it.each<[string, MeteredModule, Attached[], string]>([
    ['one that does not count', module(false), [], 'has false in place of "alone" or "shared"'],
    ['one alone beside others', module('alone'), [attached('shared')], 'has "alone" in place of "shared"'],
    ['one that shares beside one alone', module('shared'), [attached('alone')], 'in place of "shared"'],
  ])('refuses %s', (_, metered, others, message) => {
    expect(() => refuseUncounted(metered, others)).toThrow(RangeError);
    expect(() => refuseUncounted(metered, others)).toThrow(message);
  });
});
