import { parseArguments } from './arguments.js';
import { renderTable } from './render-table.js';
import { reportOf } from './report.js';
import { NO_DATA } from './suite/index.js';
import { renderMatrix } from './watch/index.js';
import { lacksData, runSuite, SUITE_NAMES } from './suites.js';

const options = parseArguments(process.argv.slice(2));
if (options === undefined) {
  console.error(`Usage: npm run conformance -- ${SUITE_NAMES.join('|')} [--json] [--only <part of a name>]

--json prints one object: { suite, folders: { NAME: { passed, failed, skipped } }, skips: [{ case, reason }],
failures: [{ folder, name, message }] }`);
  process.exit(2);
}
const { suite, json, only } = options;
const absent = lacksData(suite);
const results = absent ? [] : await runSuite(suite, (name) => name.includes(only));
const report = reportOf(suite, results);
if (absent) report.skips.push({ case: suite, reason: NO_DATA });
const render = suite === 'watch' ? renderMatrix(results) : renderTable(report, results);
console.log(json ? JSON.stringify(report) : render);
process.exitCode = results.some((result) => result.outcome === 'failed') ? 1 : 0;
