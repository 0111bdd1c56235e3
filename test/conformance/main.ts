import { parseArguments } from './arguments.js';
import { renderTable } from './render-table.js';
import { reportOf } from './report.js';
import { runSuite } from './run-suite.js';
import { NO_DATA, suiteFolder } from './suite/index.js';

const options = parseArguments(process.argv.slice(2));
if (options === undefined) {
  console.error('Usage: npm run conformance -- component|core [--json] [--only <part of a script name>]');
  process.exit(2);
}
const { suite, json, only } = options;
const present = suiteFolder(suite) !== undefined;
const results = present ? await runSuite(suite, (script) => script.includes(only)) : [];
const report = reportOf(suite, results);
if (!present) report.skips.push({ case: suite, reason: NO_DATA });
console.log(json ? JSON.stringify(report) : renderTable(report, results));
process.exitCode = results.some((result) => result.outcome === 'failed') ? 1 : 0;
