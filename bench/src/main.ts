import { helpText, parseArguments, type Arguments } from './arguments.js';
import { renderReport } from './report/index.js';
import { runSuite } from './run-suite.js';

/** `npm run bench -- SUITE`: runs a suite and prints its report. */
async function main(): Promise<number> {
  let wanted: Arguments | undefined;
  try {
    wanted = parseArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${helpText()}`);
    return 2;
  }
  if (wanted === undefined) {
    process.stderr.write(helpText());
    return process.argv.length > 2 ? 0 : 2;
  }
  const { suite, json, ...options } = wanted;
  const report = await runSuite(suite, {
    ...options,
    progress: (what) => process.stderr.write(`${suite.name}: ${what}\n`),
  });
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : renderReport(report));
  return 0;
}

process.exitCode = await main();
