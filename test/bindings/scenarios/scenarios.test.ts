import { expect, it } from 'vitest';
import { runScenarios, SCENARIOS } from './index.js';

/** Pairings of every scenario: host and guest both ways, and two guests. */
const PAIRINGS = 2 + 2 + 4;
/** Those of the two scenarios with a guest in between. */
const WITH_MIDDLE = 2 * (2 + 4);

it('passes every scenario, with guests in AssemblyScript and Rust', { timeout: 120_000 }, async () => {
  const results = await runScenarios(() => true);
  expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  expect(results.length).toBe(Object.keys(SCENARIOS).length * PAIRINGS + WITH_MIDDLE);
});
