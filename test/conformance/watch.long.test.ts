import { expect, test } from 'vitest';
import { runWatch } from './watch/index.js';

test('the conformance suite watch has the right outcome in each cell', { timeout: 600_000 }, async () => {
  const results = await runWatch(() => true);
  const others = results.filter(({ outcome }) => outcome !== 'passed');
  // Skipped only where there is no git, which the reason says.
  for (const each of others) console.log(JSON.stringify(each));
  expect(others.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expect(results.length).toBe(60);
});
