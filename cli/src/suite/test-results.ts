import { relative, resolve } from 'node:path';

/** Result of one test. */
export interface TestResult {
  /** Relative to the folder of the plugin. */
  file: string;
  /** With those of the suites that it is in. `null` of a file that could not be read. */
  name: string | null;
  status: 'passed' | 'failed' | 'skipped';
  durationMs: number;
  /** Reasons of the failure. */
  messages: string[];
}

/** The part of vitest's JSON report that is used. */
interface Report {
  testResults: readonly {
    name: string;
    status: string;
    message: string;
    assertionResults: readonly {
      fullName: string;
      status: string;
      duration?: number | null;
      failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** Reads the tests out of vitest's JSON report. */
export function testResultsFrom(json: string, folder: string): TestResult[] {
  const { testResults } = JSON.parse(json) as Report;
  return testResults.flatMap(({ name: path, status, message, assertionResults }) => {
    const file = relative(resolve(folder), path).replaceAll('\\', '/');
    const tests = assertionResults.map((test): TestResult => ({
      file,
      name: test.fullName,
      status: test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped',
      durationMs: test.duration ?? 0,
      messages: [...(test.failureMessages ?? [])],
    }));
    if (status === 'failed' && !tests.some((test) => test.status === 'failed')) {
      tests.push({ file, name: null, status: 'failed', durationMs: 0, messages: [message] });
    }
    return tests;
  });
}
