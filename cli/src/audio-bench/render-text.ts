import type { Io } from '../io.js';
import { formatBytes, formatCount, printable, renderTable } from '../terminal/index.js';
import type { BenchReport } from './bench-report.js';
import { formatNs, formatRate, formatRatio, formatShare, rowName, short } from './format.js';
import type { BlockStatistics, Row } from './measurement.js';

const HEAD = ['A BLOCK TAKES', 'LOAD', 'MEDIAN', 'P99', 'P99.9', 'WORST', 'LATE'];

/** Writes a report for people: the verdict first. */
export function renderText(report: BenchReport, io: Io): string {
  const { measurement, verdict, comparison, kind, fileBytes, machine, processes } = report;
  const first = measurement.rows[0] as Row;
  const { key } = first;
  const setup = `${formatRate(key.sampleRateHz)}, blocks of ${key.maxFrames}, ${formatCount(key.channels, 'channel')}, ${key.input}`;
  const { clock } = measurement;
  return [
    io.style('bold', printable(measurement.name)),
    `${kind}, ${formatBytes(fileBytes)}; ${setup}`,
    '',
    ...verdict.map(({ ok, text }) => `${sign(ok, io)} ${printable(text)}`),
    '',
    ...rowsTable(measurement.rows, io),
    ...(comparison === undefined
      ? []
      : [
          '',
          `Compared with ${printable(comparison.file)} of ${printable(comparison.date)}${comparison.sameMachine ? '' : ' (another machine, Node or engine)'}:`,
          ...comparison.rows.map(
            ({ key: each, ratio, fuelMore }) =>
              `  ${rowName(each, key)}: ${formatRatio(ratio)} the time${fuelMore === undefined ? '' : `, fuel a frame ${fuelMore >= 0 ? '+' : ''}${short(fuelMore)}`}`,
          ),
        ]),
    '',
    `Measured in ${processes === 1 ? 'one process' : `${processes} processes`} on ${machine.processors} × ${printable(machine.cpu)}, ${machine.os}, ` +
      `Node.js ${machine.node}, load ${machine.load}. The clock tells ${formatNs(clock.resolutionNs)}; reading it takes ${formatNs(clock.costNs)} of each time.`,
    '',
  ].join('\n');
}

function sign(ok: boolean | undefined, io: Io): string {
  if (ok === undefined) return io.style('gray', '·');
  return ok ? io.style('green', '✓') : io.style('red', '✗');
}

function rowsTable(rows: readonly Row[], io: Io): string[] {
  const [first] = rows as [Row];
  const hasFuel = rows.some(({ fuelPerFrame }) => fuelPerFrame !== undefined);
  const hasOther = first.times['against'] !== undefined;
  const head = [...HEAD, ...(hasFuel ? ['FUEL A FRAME'] : []), ...(hasOther ? ['/ OTHER'] : [])];
  const body = rows.map(({ key, budgetNs, times, fuelPerFrame }) => {
    const plugin = times['plugin'] as BlockStatistics;
    const other = times['against']?.medianNs;
    return [
      printable(rowName(key, first.key)),
      formatShare(plugin.medianNs / budgetNs),
      ...[plugin.medianNs, plugin.p99Ns, plugin.p999Ns, plugin.worstNs].map(formatNs),
      String(plugin.late),
      ...(hasFuel ? [fuelPerFrame === undefined ? '' : short(fuelPerFrame.worst)] : []),
      ...(hasOther ? [other === undefined ? '' : formatRatio(plugin.medianNs / other)] : []),
    ];
  });
  const right = head.map((_, column) => column).slice(1);
  return renderTable(head, { rows: body, right, columns: io.columns }).trimEnd().split('\n');
}
