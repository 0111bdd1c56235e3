import type { Io } from '../io.js';
import { formatBytes, logText, printable, renderTable } from '../terminal/index.js';

/** A row of `GET /plugins`. */
export interface PluginRow {
  readonly plugin: string;
  readonly version: string;
  readonly state: string;
  readonly carrier?: string;
  readonly isolation: string;
  readonly isConfirming: boolean;
  readonly isQuarantined: boolean;
  readonly usage: { readonly memoryBytes?: number };
  readonly error?: { readonly message: string };
}

/** Renders the plugins of a host as a table. */
export function renderPlugins(rows: readonly PluginRow[], io: Io): string {
  if (rows.length === 0) return 'no plugins\n';
  const body = rows.map((row) => [
    printable(row.plugin),
    printable(row.version),
    row.isQuarantined ? 'quarantine' : row.isConfirming ? `${row.state}, confirming` : row.state,
    row.isolation === 'worker' ? 'thread' : (row.carrier ?? ''),
    row.usage.memoryBytes === undefined ? '' : formatBytes(row.usage.memoryBytes),
    printable(row.error?.message ?? '').slice(0, 60),
  ]);
  return table(['plugin', 'version', 'state', 'runs as', 'memory', 'error'], body, io);
}

/** An event or a log line as a host remembers it. */
export interface Recorded {
  readonly at: number;
  readonly name: string;
  readonly event: {
    readonly plugin: string;
    readonly level?: string;
    readonly message?: string;
    readonly error?: { readonly message: string };
    readonly [key: string]: unknown;
  };
}

/** Renders log lines with their times. */
export function renderLogs(lines: readonly Recorded[]): string {
  return lines
    .map(({ at, event: { plugin, level = '', message = '' } }) => {
      const time = new Date(at).toISOString();
      return `${time} ${printable(plugin)} ${printable(level)}: ${logText(message, '  ')}\n`;
    })
    .join('');
}

/** A record of `GET /history`. */
export interface HistoryRow {
  readonly plugin: string;
  readonly at: number;
  readonly by: string;
  readonly from: string;
  readonly to: string;
  readonly result: string;
  readonly reason?: string;
}

/** Renders the reloads of a host. */
export function renderHistory(rows: readonly HistoryRow[], io: Io): string {
  if (rows.length === 0) return 'no reloads\n';
  const body = rows.map(({ plugin, at, by, from, to, result, reason = '' }) => [
    new Date(at).toISOString().slice(0, 19),
    printable(plugin),
    `${printable(from)} → ${printable(to)}`,
    printable(result),
    printable(by),
    printable(reason).slice(0, 60),
  ]);
  return table(['time', 'plugin', 'versions', 'result', 'by', 'reason'], body, io);
}

/** Counts of one plugin, as `GET /metrics.json` has them. */
export interface MetricsRow {
  readonly plugin: string;
  readonly state: string;
  readonly functions: readonly {
    readonly calls: number;
    readonly errors: number;
    readonly timed: number;
    readonly timedMs: number;
  }[];
  readonly reloads: number;
  readonly restarts: number;
  readonly usage: { readonly memoryBytes?: number };
}

/** Renders counts of a host, the plugin with the most time first. */
export function renderTop(rows: readonly MetricsRow[], io: Io): string {
  const sums = rows.map((row) => {
    const sum = (of: (each: MetricsRow['functions'][number]) => number): number =>
      row.functions.reduce((total, each) => total + of(each), 0);
    // One call in 256 is timed: the time of all is estimated from those.
    const ms = sum(({ calls, timed, timedMs }) => (timed === 0 ? 0 : (timedMs / timed) * calls));
    return { row, calls: sum(({ calls }) => calls), errors: sum(({ errors }) => errors), ms };
  });
  const body = sums
    .sort((a, b) => b.ms - a.ms)
    .map(({ row, calls, errors, ms }) => [
      printable(row.plugin),
      row.state,
      String(calls),
      String(errors),
      ms.toFixed(1),
      calls === 0 ? '' : (ms / calls).toFixed(4),
      row.usage.memoryBytes === undefined ? '' : formatBytes(row.usage.memoryBytes),
      String(row.reloads),
      String(row.restarts),
    ]);
  const heads = ['plugin', 'state', 'calls', 'errors', 'ms', 'ms a call', 'memory', 'reloads', 'restarts'];
  return table(heads, body, io);
}

function table(head: readonly string[], rows: readonly string[][], { columns }: Io): string {
  return `${renderTable(head, { rows, ...(columns !== undefined && { columns }) })}\n`;
}
