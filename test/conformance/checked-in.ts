import { describe, expect, test } from 'vitest';
import { checkedInRecord, checkInRecord, recordOf } from './counts.js';
import { NO_DATA, type Suite } from './suite/index.js';
import { lacksData, runSuite } from './suites.js';

/** Runs suites, and holds how they end to what is checked in; where nothing is, no case may fail. */
export function testSuites(suites: readonly Suite[]): void {
  describe.each(suites)('the conformance suite %s', (suite) => {
    test('ends as the checked-in counts say', { timeout: 900_000 }, async ({ skip }) => {
      if (lacksData(suite)) skip(NO_DATA);
      const results = await runSuite(suite, () => true);
      expect(results.length).toBeGreaterThan(0);
      const record = recordOf(results);
      if (process.env['UPDATE_GOLDEN'] === '1') checkInRecord(suite, record);
      const failures = results.flatMap((result) =>
        result.outcome === 'failed' ? [`${result.case}: ${result.reason}`] : [],
      );
      const wanted = checkedInRecord(suite);
      if (wanted === undefined) expect(failures).toEqual([]);
      else expect(record, failures.slice(0, 20).join('\n')).toEqual(wanted);
    });
  });
}
