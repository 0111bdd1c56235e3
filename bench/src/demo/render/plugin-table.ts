import Table from 'cli-table3';
import type { Station } from '../station.js';
import { formatNs, formatShare, formatTime } from './format-time.js';
import type { Styler } from './styler.js';

const MEBIBYTE = 1024 * 1024;

/** Facts for the table. */
export interface TableOptions {
  /** Time in which a block must be ready, or the sound stutters. */
  deadlineNs: number;
  deadlineText: string;
  style: Styler;
}

/** Renders the times of each plugin, a row each, and of all together. */
export function renderTable(stations: readonly Station[], options: TableOptions): string {
  const { style, deadlineText } = options;
  const table = new Table({
    head: [
      'plugin',
      'blocks',
      'median ns',
      'p99 ns',
      'worst ns',
      `median of ${deadlineText}`,
      'worst',
      'memory',
      'pause',
    ].map((text) => style('bold', text)),
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const station of stations) table.push(row(station, options));
  return table.toString();
}

function row({ title, instance, times, reloads }: Station, { deadlineNs, style }: TableOptions): string[] {
  const { calls, medianNs, p99Ns, worstNs } = times.statistics();
  const share = (ns: number): string => {
    const text = formatShare(ns / deadlineNs);
    if (ns >= deadlineNs) return style('red', text);
    return style(ns >= deadlineNs / 2 ? 'yellow' : 'green', text);
  };
  return [
    title,
    calls.toLocaleString('en'),
    formatNs(medianNs),
    formatNs(p99Ns),
    formatNs(worstNs),
    share(medianNs),
    share(worstNs),
    memoryText(instance.usage().memoryBytes),
    pauses(reloads),
  ];
}

/** Memory of a library in its own process is not counted. */
function memoryText(bytes: number | undefined): string {
  return bytes === undefined ? '–' : `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}

function pauses(reloads: Station['reloads']): string {
  const found = reloads
    .flatMap(({ pauseMs, rolledBack }) => [pauseMs, rolledBack?.pauseMs])
    .flatMap((pauseMs) => (pauseMs === undefined ? [] : [formatTime(pauseMs * 1e6)]));
  return found.length === 0 ? '–' : found.join(', ');
}
