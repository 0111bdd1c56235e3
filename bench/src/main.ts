import { helpText, parseArguments, type Arguments } from './arguments.js';
import { runAll } from './page/index.js';
import { renderReport } from './report/index.js';
import { runSuite } from './run-suite.js';
import { SUITES } from './suites/index.js';

/** `npm run bench -- [SUITE]`: runs a suite and prints its report, or runs all and writes a page. */
async function main(): Promise<number> {
  const args = process.argv.slice(2);
  let wanted: Arguments | undefined;
  try {
    wanted = parseArguments(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${helpText()}`);
    return 2;
  }
  if (wanted === undefined) {
    process.stderr.write(helpText());
    return 0;
  }
  const { suite, json, rounds, ...options } = wanted;
  if (suite === undefined) return runEvery(args);
  const report = await runSuite(suite, {
    ...options,
    rounds: rounds ?? (options.quick ? 3 : suite.defaultRounds),
    progress: (what) => process.stderr.write(`${suite.name}: ${what}\n`),
  });
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : renderReport(report));
  return 0;
}

async function runEvery(args: readonly string[]): Promise<number> {
  const { page, failed } = await runAll(SUITES, {
    args: args.filter((each) => each !== '--json'),
    progress: (name) => process.stderr.write(`${name}\n`),
  });
  process.stdout.write(`${page}\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
