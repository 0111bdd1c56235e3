import type { Station } from '../station.js';
import { formatTime } from './format-time.js';
import type { Styler } from './styler.js';

const WIDTH = 64;
const STEPS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/** Tenfold times, which the axis marks. */
const MARKS_NS = [1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/** Draws a histogram of the blocks' times, on a logarithmic axis up to the deadline. */
export function renderBlockTimes(
  stations: readonly Station[],
  { deadlineNs, style }: { deadlineNs: number; style: Styler },
): string {
  const sorted = stations.map(({ times }) => times.sorted());
  const least = Math.min(...sorted.map((times) => times[0] ?? deadlineNs), deadlineNs / 100) * 0.8;
  const most = Math.max(...sorted.map((times) => times.at(-1) ?? 0), deadlineNs) * 1.05;
  const column = (ns: number): number =>
    Math.max(0, Math.min(WIDTH - 1, Math.floor((Math.log(ns / least) / Math.log(most / least)) * WIDTH)));
  const label = Math.max(...stations.map(({ title }) => title.length));
  const deadline = column(deadlineNs);
  const rows = stations.map(({ title }, index) => {
    const cells = histogram(sorted[index] as Float64Array, column);
    cells[deadline] = style('red', '┃');
    return `  ${title.padEnd(label)}  ${cells.join('')}`;
  });
  return [
    style('bold', 'How long blocks took') + style('dim', ' (both axes logarithmic)'),
    ...rows,
    `  ${' '.repeat(label)}  ${axis(column, { least, most, deadlineNs })}`,
  ].join('\n');
}

function histogram(times: Float64Array, column: (ns: number) => number): string[] {
  const counts = Array.from({ length: WIDTH }, () => 0);
  for (const ns of times) counts[column(ns)]!++;
  const top = Math.log1p(Math.max(...counts));
  return counts.map((count) => {
    if (count === 0) return ' ';
    return STEPS[Math.round((Math.log1p(count) / top) * (STEPS.length - 1))] as string;
  });
}

function axis(
  column: (ns: number) => number,
  { least, most, deadlineNs }: { least: number; most: number; deadlineNs: number },
): string {
  const deadline = `${formatTime(deadlineNs)} deadline`;
  const start = column(deadlineNs) - formatTime(deadlineNs).length + 1;
  let text = '';
  for (const mark of MARKS_NS) {
    if (mark < least || mark > most) continue;
    const label = `╵${formatTime(mark).replace(/\.0*(?= )/, '')}`;
    const at = column(mark);
    if (at < text.length || at + label.length >= start) continue;
    text = text.padEnd(at) + label;
  }
  return text.padEnd(start) + deadline;
}
