import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Result of a run of test files. */
export interface TestRun {
  /** The first test that failed, `undefined` where none did. */
  readonly failed: string | undefined;
  /** Every file that failed. */
  readonly failedFiles: readonly string[];
  /** Time of each file. */
  readonly milliseconds: ReadonlyMap<string, number>;
  /** The run was ended, as it had taken longer than it may. */
  readonly late: boolean;
}

interface Options {
  readonly timeoutMs: number;
  /** Each file gets a process of its own, and all run although one fails. */
  readonly isolate?: boolean;
}

/** The part of vitest's JSON report that is read here. */
interface Report {
  testResults: {
    name: string;
    status: string;
    message: string;
    startTime: number;
    endTime: number;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

/** Runs test files of a copy of the project in the given order, up to the first test that fails. */
export async function runTests(
  tree: string,
  files: readonly string[],
  { timeoutMs, isolate }: Options,
): Promise<TestRun> {
  const output = join(tree, 'report.json');
  rmSync(output, { force: true });
  const args = [
    'run',
    '--config',
    'test/mutation/vitest.config.ts',
    '--reporter=json',
    `--outputFile=${output}`,
  ];
  const child = spawn(
    process.execPath,
    [
      join(tree, 'node_modules/vitest/vitest.mjs'),
      ...args,
      ...(isolate === true ? [] : ['--bail=1']),
      ...files,
    ],
    {
      cwd: tree,
      stdio: 'ignore',
      // A group of its own: an endless loop is in a worker, which nobody else would end.
      detached: true,
      env: {
        ...process.env,
        WASM_PLUGIN_MUTATION_TESTS: files.map((file) => join(tree, file)).join(':'),
        WASM_PLUGIN_MUTATION_ISOLATE: isolate === true ? '1' : '0',
      },
    },
  );
  let late = false;
  const end = (): void => {
    late = true;
    kill(child.pid);
  };
  const timer = setTimeout(end, timeoutMs);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  kill(child.pid);
  if (late || !existsSync(output)) {
    return {
      failed: late ? 'the time limit' : `vitest ended with ${code}`,
      failedFiles: [],
      milliseconds: new Map(),
      late,
    };
  }
  const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as Report;
  const failures = testResults.filter(({ status }) => status === 'failed');
  const nameOf = ({ name }: { name: string }): string => relative(tree, name);
  const failed = failures.map((file) => {
    const test = file.assertionResults.find(({ status }) => status === 'failed');
    return `${nameOf(file)}: ${test?.fullName ?? file.message.split('\n')[0]}`;
  })[0];
  return {
    failed: failed ?? (code === 0 ? undefined : `vitest ended with ${code}`),
    failedFiles: failures.map(nameOf),
    milliseconds: new Map(testResults.map((file) => [nameOf(file), file.endTime - file.startTime])),
    late,
  };
}

/** Ends a group of processes, if one is left. */
function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All have ended.
  }
}
