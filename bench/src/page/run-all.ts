import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchReport } from '../report/index.js';
import type { Suite } from '../suites/index.js';
import { describeRun } from './describe-run.js';
import { renderPage } from './render-page.js';
import type { SuiteOutcome } from './suite-outcome.js';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../report/', import.meta.url));
/** The end of what a failed suite printed. */
const LAST_CHARACTERS = 2000;

/** Options of `runAll`. */
export interface RunAllOptions {
  /** Arguments that every suite gets, such as `--quick`. */
  args: readonly string[];
  /** @default bench/report */
  folder?: string;
  progress(what: string): void;
}

/**
 * Runs suites, each in a process of its own so that none warms the code of another, and writes `index.html` and `index.json`. A
 * suite that fails does not end the others.
 * @returns the path of the page, and the number of suites that failed
 */
export async function runAll(
  suites: readonly Suite[],
  { args, folder = FOLDER, progress }: RunAllOptions,
): Promise<{ page: string; failed: number }> {
  const run = describeRun();
  const outcomes: SuiteOutcome[] = [];
  for (const { name, summary } of suites) {
    progress(name);
    outcomes.push({ name, summary, ...(await runOne(name, args)) });
  }
  mkdirSync(folder, { recursive: true });
  const page = join(folder, 'index.html');
  writeFileSync(page, renderPage(outcomes, run));
  writeFileSync(
    join(folder, 'index.json'),
    JSON.stringify({ run: Object.fromEntries(run), suites: outcomes }),
  );
  return { page, failed: outcomes.filter((each) => 'failure' in each).length };
}

async function runOne(
  name: string,
  args: readonly string[],
): Promise<{ report: BenchReport } | { failure: string }> {
  const child = spawn(process.execPath, ['--expose-gc', MAIN, name, '--json', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code === 0 ? '' : (signal ?? `exit code ${code}`)));
  });
  if (ended !== '') return { failure: `${ended}\n${errors.slice(-LAST_CHARACTERS)}` };
  return { report: JSON.parse(out) as BenchReport };
}
