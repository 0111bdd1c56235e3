import type { BenchReport, RowReport, Verdict } from './report.js';

/** Lays a report out for people: a table of the rows, then the claims and whether they hold. */
export function renderReport({ bench, node, rows, verdict }: BenchReport): string {
  const variants = [...new Set(rows.flatMap((row) => Object.keys(row.variants)))];
  const ratios = [...new Set(rows.flatMap((row) => Object.keys(row.ratios)))];
  const head = ['a call takes', ...variants, ...ratios];
  const body = rows.map((row) => [
    row.name,
    ...variants.map((variant) => time(row.variants[variant]?.medianNs)),
    ...ratios.map((ratio) => times(row.ratios[ratio])),
  ]);
  return [
    `${bench} on Node ${node}`,
    '',
    ...table([head, ...body]),
    '',
    ...tailTable(rows, variants),
    ...garbageTable(rows, variants),
    ...table(verdict.map(verdictLine)),
    '',
  ].join('\n');
}

/** The slowest calls, of rows whose single calls were timed. */
function tailTable(rows: readonly RowReport[], variants: readonly string[]): string[] {
  const timed = rows.filter((row) => Object.values(row.variants).some(({ p999Ns }) => p999Ns !== undefined));
  if (timed.length === 0) return [];
  const body = timed.map((row) => [
    row.name,
    ...variants.map((variant) => {
      const found = row.variants[variant];
      return found?.p999Ns === undefined ? '–' : `${time(found.p99Ns)} / ${time(found.p999Ns)}`;
    }),
  ]);
  return [...table([['p99 / p99.9', ...variants], ...body]), ''];
}

function garbageTable(rows: readonly RowReport[], variants: readonly string[]): string[] {
  const measured = rows.filter((row) =>
    Object.values(row.variants).some(({ garbageBytes }) => garbageBytes !== undefined),
  );
  if (measured.length === 0) return [];
  const body = measured.map((row) => [
    row.name,
    ...variants.map((variant) => bytes(row.variants[variant]?.garbageBytes)),
  ]);
  return [...table([['a call allocates', ...variants], ...body]), ''];
}

function verdictLine({ claim, wanted, got, ok }: Verdict): string[] {
  return [`${ok ? 'ok  ' : 'MISS'}  ${claim}`, `wanted ${wanted}`, `got ${short(got)}`];
}

/** Formats nanoseconds in the unit that suits them. */
export function time(ns: number | undefined): string {
  if (ns === undefined) return '–';
  if (ns < 1000) return `${short(ns)} ns`;
  return ns < 1e6 ? `${short(ns / 1e3)} µs` : `${short(ns / 1e6)} ms`;
}

function times(ratio: number | undefined): string {
  return ratio === undefined ? '–' : `${short(ratio)}×`;
}

/** Keeps three significant digits. */
function short(value: number): string {
  return value >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function bytes(count: number | undefined): string {
  return count === undefined ? '–' : `${Math.round(count)} B`;
}

/** Aligns cells: the first column to the left, the others to the right. */
function table(lines: readonly string[][]): string[] {
  const widths: number[] = [];
  for (const line of lines) {
    line.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  }
  return lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number),
      )
      .join('  ')
      .trimEnd(),
  );
}
