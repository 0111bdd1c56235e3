import { describe, expect, test } from 'vitest';
import { checkedInRecord, checkInRecord, recordOf } from './counts.js';
import { NO_DATA } from './suite/index.js';
import { lacksData, runSuite } from './suites.js';

describe.each(['component', 'core', 'attacks', 'audio', 'carriers'] as const)(
  'the conformance suite %s',
  (suite) => {
    test('ends as the checked-in counts say', { timeout: 600_000 }, async ({ skip }) => {
      if (lacksData(suite)) skip(NO_DATA);
      const results = await runSuite(suite, () => true);
      const record = recordOf(results);
      if (process.env['UPDATE_GOLDEN'] === '1') checkInRecord(suite, record);
      const failures = results.filter((result) => result.outcome === 'failed').map((result) => result.case);
      const wanted = checkedInRecord(suite);
      if (wanted === undefined) expect(failures).toEqual([]);
      else expect(record, failures.slice(0, 20).join('\n')).toEqual(wanted);
    });
  },
);
