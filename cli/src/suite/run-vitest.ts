import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CliError } from '../cli-error.js';
import type { VitestRequest } from './vitest-main.js';

/** Options of a run of a plugin's tests. */
export interface SuiteOptions {
  /** The folder of the plugin. */
  folder: string;
  /** Parts of the paths of test files; of none, all are run. */
  filters: readonly string[];
  /** A pattern of the names of tests. */
  name: string | undefined;
  /** If true, runs the tests again after each change, until stopped. */
  watch: boolean;
  /** Told with the start of the process: a function that has the tests run again, since the component is another one. */
  onStart?: (rerun: () => void) => void;
  /** Files that reports are written to, by the name of vitest's reporter. */
  reports: Readonly<Record<string, string>>;
  /** If true, only the reports are written. */
  quiet: boolean;
  /** If true, may write in colours. */
  colored: boolean;
  signal: AbortSignal;
}

const TEST_FILE = /\.(?:test|spec)\.[cm]?[jt]sx?$/;
const MAIN = fileURLToPath(new URL('vitest-main.js', import.meta.url));

/**
 * Runs the tests of a plugin by its own vitest, in a process of their own with the folder as working directory.
 * @returns whether all have passed; `undefined` if there are none
 * @throws {CliError} vitest is not installed for the plugin, and it has tests
 */
export async function runVitest(options: SuiteOptions): Promise<boolean | undefined> {
  const { folder, filters, quiet, colored, signal, watch, onStart } = options;
  const module = findVitest(folder);
  if (module === undefined) {
    const [first] = testFiles(folder);
    if (first === undefined && filters.length === 0) return undefined;
    throw new CliError(`Cannot test "${folder}": vitest, which runs its tests, is not installed for it`, {
      hint: '"npm install --save-dev vitest" in its folder',
    });
  }
  const request: VitestRequest = { module, filters, options: vitestOptions(options) };
  const child = spawn(process.execPath, [MAIN, JSON.stringify(request)], {
    cwd: folder,
    env: colored ? process.env : { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1' },
    stdio: ['inherit', quiet ? 'ignore' : 'inherit', 'inherit', watch ? 'ipc' : 'ignore'],
  });
  onStart?.(() => void (child.connected && child.send('built')));
  const stop = (): void => void child.kill();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code === 0;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function vitestOptions({
  folder,
  name,
  watch,
  reports,
  quiet,
  filters,
}: SuiteOptions): VitestRequest['options'] {
  const written = Object.keys(reports);
  return {
    root: resolve(folder),
    watch,
    run: !watch,
    passWithNoTests: filters.length === 0,
    ...(name !== undefined && { testNamePattern: name }),
    ...(written.length > 0 && { reporters: quiet ? written : ['default', ...written], outputFile: reports }),
  };
}

function findVitest(folder: string): string | undefined {
  try {
    return pathToFileURL(createRequire(resolve(folder, 'package.json')).resolve('vitest/node')).href;
  } catch {
    return undefined;
  }
}

/** The files that vitest would take for tests, but for those of folders that it leaves out. */
function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return TEST_FILE.test(entry.name) ? [entry.name] : [];
    if (!entry.isDirectory() || /^(?:\..*|node_modules|target|dist)$/.test(entry.name)) return [];
    return testFiles(join(folder, entry.name));
  });
}
