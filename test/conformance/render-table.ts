import type { CaseResult } from './suite/index.js';
import { skipReasons } from './report.js';
import type { Report } from './report.js';

const HEADINGS = ['folder', 'passed', 'failed', 'skipped'];

/** Renders a report for a person: counts by folder, the reasons of skips, every failure. */
export function renderTable(report: Report, results: readonly CaseResult[]): string {
  const rows = Object.entries(report.folders).map(([name, counts]) => [
    name,
    String(counts.passed),
    String(counts.failed),
    String(counts.skipped),
  ]);
  const lines = [`conformance: ${report.suite}`, '', ...columns([HEADINGS, ...rows, totals(report)])];
  if (rows.length === 0)
    return [...lines, '', ...report.skips.map((skip) => `skipped: ${skip.reason}`)].join('\n');
  lines.push('', 'skipped, by reason');
  for (const [folder, reasons] of Object.entries(skipReasons(results))) {
    for (const [reason, count] of Object.entries(reasons)) lines.push(`  ${folder}: ${count} × ${reason}`);
  }
  const failures = report.failures.map(({ name, message }) => `  ${name}: ${message}`);
  if (failures.length > 0) lines.push('', 'failed', ...failures);
  const notes = results.filter((result) => result.outcome === 'passed' && result.note !== undefined);
  lines.push('', `${notes.length} passed with a message worded differently from the script's`);
  return lines.join('\n');
}

function totals(report: Report): string[] {
  const sum = (key: 'passed' | 'failed' | 'skipped'): string =>
    String(Object.values(report.folders).reduce((total, counts) => total + counts[key], 0));
  return ['total', sum('passed'), sum('failed'), sum('skipped')];
}

function columns(rows: string[][]): string[] {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number),
      )
      .join('  '),
  );
}
