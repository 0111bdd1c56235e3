import { describe, expect, test } from 'vitest';
import { checkedInRecord, checkInRecord, recordOf } from './counts.js';
import { runSuite } from './run-suite.js';
import { NO_DATA, suiteFolder } from './suite/index.js';

describe.each(['component', 'core'] as const)('the conformance scripts: %s', (suite) => {
  test('end as the checked-in counts say', async ({ skip }) => {
    if (suiteFolder(suite) === undefined) skip(NO_DATA);
    const results = await runSuite(suite, () => true);
    const record = recordOf(results);
    if (process.env['UPDATE_GOLDEN'] === '1') checkInRecord(suite, record);
    const failures = results.filter((result) => result.outcome === 'failed').map((result) => result.case);
    const wanted = checkedInRecord(suite);
    if (wanted === undefined) expect(failures).toEqual([]);
    else expect(record, failures.slice(0, 20).join('\n')).toEqual(wanted);
  });
});
