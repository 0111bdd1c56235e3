import type { CaseResult } from '../suite/index.js';

/** Renders the matrix: a row a change, a column a form and a way to see it; and below it every failure. */
export function renderMatrix(results: readonly CaseResult[]): string {
  const folders = [...new Set(results.map(({ folder }) => folder))];
  const changes = [...new Set(results.map(changeOf))];
  const rows = changes.map((change) => [
    change,
    ...folders.map((folder) => {
      const found = results.find((result) => result.folder === folder && changeOf(result) === change);
      return found?.outcome ?? '';
    }),
  ]);
  const head = ['change', ...folders];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] as number))
      .join('  ')
      .trimEnd(),
  );
  const others = results.flatMap((result) =>
    result.outcome === 'passed' ? [] : [`${result.case}: ${result.outcome}: ${result.reason}`],
  );
  return ['conformance: watch', '', ...lines, ...(others.length > 0 ? ['', ...others] : [])].join('\n');
}

function changeOf(result: CaseResult): string {
  return result.case.slice(0, -(result.folder.length + 2));
}
