import { printable } from '../terminal/index.js';
import type { CheckResult } from './check.js';

/** Adds the checks to a report in the form of JUnit as vitest writes it; makes one if there is none. */
export function addToJunit(xml: string | undefined, checks: readonly CheckResult[]): string {
  const cases = checks.map(({ name, status, message, durationMs }) => {
    const inner =
      status === 'failed'
        ? `<failure message="${escaped(message ?? '')}"/>`
        : status === 'skipped'
          ? '<skipped/>'
          : '';
    return `        <testcase classname="wasm-plugin" name="${escaped(name)}" time="${durationMs / 1000}">${inner}</testcase>\n`;
  });
  const count = (wanted: CheckResult['status']): number =>
    checks.filter(({ status }) => status === wanted).length;
  const [tests, failures, skipped] = [checks.length, count('failed'), count('skipped')];
  const suite = `    <testsuite name="wasm-plugin" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}">\n${cases.join('')}    </testsuite>\n`;
  const whole =
    xml ??
    '<?xml version="1.0" encoding="UTF-8" ?>\n<testsuites tests="0" failures="0" errors="0">\n</testsuites>\n';
  return whole.replace(/(<testsuites\b[^>]*>\n?)/, (head: string) => {
    const raised = head
      .replace(/\btests="(\d+)"/, (_, had: string) => `tests="${Number(had) + tests}"`)
      .replace(/\bfailures="(\d+)"/, (_, had: string) => `failures="${Number(had) + failures}"`);
    return raised + suite;
  });
}

function escaped(text: string): string {
  return printable(text).replaceAll(/[&<>"\n]/g, (each) => `&#${each.charCodeAt(0)};`);
}
