import type { Io } from '../io.js';
import { printable } from '../terminal/index.js';
import type { CheckResult } from './check.js';

const SIGNS = { passed: ['green', '✓'], failed: ['red', '✗'], skipped: ['gray', '-'] } as const;

/** Renders the results of checks, a line for each, for people. */
export function renderChecks(checks: readonly CheckResult[], io: Io): string {
  return checks
    .map(({ name, status, message }) => {
      const [style, sign] = SIGNS[status];
      const [first = '', ...more] = message === undefined ? [] : printable(message).split('\n');
      const reason = first === '' ? '' : `: ${first}`;
      return [`${io.style(style, sign)} ${name}${reason}`, ...more.map((line) => `    ${line}`), ''].join(
        '\n',
      );
    })
    .join('');
}
