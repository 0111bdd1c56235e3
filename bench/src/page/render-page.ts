import { time } from '../report/index.js';
import type { BenchReport, RowReport, Verdict } from '../report/index.js';
import { STYLE } from './style.js';
import type { RunDescription } from './describe-run.js';
import type { SuiteOutcome } from './suite-outcome.js';

/** Writes the results of many suites as one HTML file that needs nothing else: claims first, then the tables of each suite. */
export function renderPage(outcomes: readonly SuiteOutcome[], run: RunDescription): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>wasm-plugin: measurements</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>wasm-plugin: measurements</h1>
${summary(outcomes)}
<section class="card"><dl>${run.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl></section>
<nav>${outcomes.map(({ name }) => `<a href="#${escaped(name)}">${escaped(name)}</a>`).join(' ')}</nav>
${outcomes.map(section).join('\n')}
</main>
</body>
</html>
`;
}

function summary(outcomes: readonly SuiteOutcome[]): string {
  const claims = outcomes.flatMap((each) => ('report' in each ? each.report.verdict : []));
  const missed = claims.filter(({ ok }) => !ok).length;
  const failed = outcomes.filter((each) => 'failure' in each).map(({ name }) => name);
  const text = `${claims.length - missed} of ${claims.length} claims hold`;
  const more = failed.length === 0 ? '' : `; suites that failed: ${failed.join(', ')}`;
  return `<p class="verdict ${missed + failed.length === 0 ? 'ok' : 'bad'}">${escaped(text + more)}</p>`;
}

function section(outcome: SuiteOutcome): string {
  const { name, summary: subject } = outcome;
  const body =
    'failure' in outcome ? `<pre class="bad">${escaped(outcome.failure)}</pre>` : suiteBody(outcome.report);
  return `<section class="card" id="${escaped(name)}"><h2>${escaped(name)}</h2><p class="soft">${escaped(subject)}</p>${body}</section>`;
}

function suiteBody({ rows, verdict }: BenchReport): string {
  return [
    verdict.length === 0 ? '' : `<ul>${verdict.map(claim).join('')}</ul>`,
    valueTable('a call takes, median (p99.9 or p99)', rows, {
      columns: columnsOf(rows, 'variants'),
      cell: timeCell,
    }),
    valueTable('times as long', rows, { columns: columnsOf(rows, 'ratios'), cell: ratioCell }),
  ].join('');
}

function claim({ claim: text, wanted, got, ok }: Verdict): string {
  return `<li class="${ok ? 'ok' : 'bad'}">${escaped(text)} <span class="soft">wanted ${escaped(wanted)}, got</span> ${short(got)}</li>`;
}

function valueTable(
  ...[title, rows, { columns, cell }]: [
    title: string,
    rows: readonly RowReport[],
    rest: { columns: readonly string[]; cell(row: RowReport, column: string): string },
  ]
): string {
  if (columns.length === 0) return '';
  const head = columns.map((column) => `<th>${escaped(column)}</th>`).join('');
  const body = rows.map(
    (row) =>
      `<tr><td>${escaped(row.name)}</td>${columns.map((column) => `<td>${cell(row, column)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll"><table><thead><tr><th>${escaped(title)}</th>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function columnsOf(rows: readonly RowReport[], key: 'variants' | 'ratios'): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row[key])))];
}

function timeCell({ variants }: RowReport, column: string): string {
  const found = variants[column];
  if (found === undefined) return '–';
  return `${time(found.medianNs)} <span class="soft">(${time(found.p999Ns ?? found.p99Ns)})</span>`;
}

function ratioCell({ ratios }: RowReport, column: string): string {
  const ratio = ratios[column];
  return ratio === undefined ? '–' : `${short(ratio)}×`;
}

function short(value: number): string {
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);
}
