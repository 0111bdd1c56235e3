import Table from 'cli-table3';
import { widthOf, wrap } from './wrap.js';

const NOTHING = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** Rows and their layout. */
export interface TableOptions {
  rows: readonly (readonly string[])[];
  /** The columns that hold numbers. */
  right?: readonly number[];
  /** The width of the terminal; without one a table is as wide as it is. */
  columns?: number | undefined;
}

/**
 * Renders rows in aligned columns, without lines. If that does not fit the terminal, each row becomes a block: its first
 * cell, and below it each other cell with its head.
 */
export function renderTable(head: readonly string[], { rows, right = [], columns }: TableOptions): string {
  const table = new Table({
    chars: NOTHING,
    colAligns: head.map((_, index) => (right.includes(index) ? 'right' : 'left')),
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [], compact: true },
  });
  table.push([...head], ...rows.map((row) => [...row]));
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const fits = columns === undefined || lines.every((line) => widthOf(line) <= columns);
  return fits ? lines.join('\n') : rows.map((row) => renderBlock(head, row, columns)).join('\n');
}

function renderBlock(head: readonly string[], row: readonly string[], columns: number): string {
  const [first = '', ...others] = row;
  const width = Math.max(...head.slice(1).map((each) => each.length));
  const lines = others.map((cell, index) =>
    wrap(`  ${(head[index + 1] as string).toLowerCase().padEnd(width)}  ${cell}`, columns, {
      hanging: width + 2,
    }),
  );
  return [first, ...lines].join('\n');
}
