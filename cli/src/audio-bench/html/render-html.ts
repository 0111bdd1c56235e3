import { readFileSync } from 'node:fs';
import { formatBytes } from '../../terminal/index.js';
import type { BenchReport } from '../bench-report.js';
import { formatNs, formatPeak, formatRate, formatRatio, formatShare, rowName, short } from '../format.js';
import type { BlockStatistics, Row } from '../measurement.js';
import type { BlockProfile } from '../profile/index.js';
import { escaped } from './escaped.js';
import { flameCard } from './flame-card.js';
import { plotsOf, varied, type Plot } from './plots.js';

const asset = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** Writes a report as one HTML file that needs nothing else: plots, tables, light and dark. */
export function renderHtml(report: BenchReport, profile?: BlockProfile): string {
  const { measurement } = report;
  const plots = plotsOf(measurement);
  const title = `${measurement.name}: block times`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${asset('dist/uplot/uPlot.min.css')}${asset('report/report.css')}</style>
</head>
<body>
<main>
${head(report)}
${verdict(report)}
${tiles(report)}
<div class="grid">
${plots.map(figure).join('\n')}
${profile === undefined ? '' : flameCard(profile)}
${fuelCard(measurement.rows)}
${checksCard(report)}
${rowsCard(report)}
</div>
${foot(report)}
</main>
<script type="application/json" id="data">${scriptText(JSON.stringify(plots))}</script>
<script>${asset('dist/uplot/uPlot.iife.min.js')}</script>
<script>${asset('report/report.js')}</script>
</body>
</html>
`;
}

/** JSON that ends no element. */
function scriptText(json: string): string {
  return json.replaceAll('<', String.raw`\u003c`);
}

function head({ measurement, kind, fileBytes }: BenchReport): string {
  const { key } = measurement.rows[0] as Row;
  const channels = `${key.channels} channel${key.channels === 1 ? '' : 's'}`;
  return `<h1>${escaped(measurement.name)}</h1>
<p class="soft">${kind}, ${formatBytes(fileBytes)} · ${formatRate(key.sampleRateHz)}, blocks of ${key.maxFrames}, ${channels}, ${escaped(key.input)}</p>`;
}

function verdict({ verdict: lines }: BenchReport): string {
  const items = lines.map(
    ({ ok, text }) => `<li class="${ok === undefined ? '' : ok ? 'ok' : 'bad'}">${escaped(text)}</li>`,
  );
  const isBad = lines.some(({ ok }) => ok === false);
  return `<section class="card verdict ${isBad ? 'bad' : ''}"><ul>\n${items.join('\n')}\n</ul></section>`;
}

function tiles({ measurement }: BenchReport): string {
  const { times, budgetNs, fuelPerFrame } = measurement.rows[0] as Row;
  const { medianNs, p999Ns, worstNs, late, blocks } = times['plugin'] as BlockStatistics;
  const cells = [
    [formatShare(medianNs / budgetNs), 'of the time of a block'],
    [formatNs(medianNs), 'the median block'],
    [formatNs(p999Ns), 'p99.9'],
    [formatNs(worstNs), 'the worst block'],
    [`${late}`, `of ${blocks.toLocaleString('en')} blocks late`],
    ...(fuelPerFrame === undefined ? [] : [[short(fuelPerFrame.usual), 'fuel a frame']]),
    ...(measurement.null === undefined ? [] : [[nullText(measurement.null.peakDb), 'against the reference']]),
  ];
  return `<section class="tiles">${cells
    .map(
      ([value, label]) =>
        `<div class="card tile"><b>${escaped(value ?? '')}</b><span class="soft">${escaped(label ?? '')}</span></div>`,
    )
    .join('')}</section>`;
}

function nullText(peakDb: number | null): string {
  return peakDb === null ? 'the same' : `${peakDb} dBFS`;
}

function figure({ id, title, caption, wide }: Plot): string {
  return `<section class="card ${wide === true ? 'wide' : ''}"><h2>${escaped(title)}</h2><p class="soft">${escaped(caption)}</p><div class="plot" id="${id}" role="img" aria-label="${escaped(title)}"></div></section>`;
}

/** The cost of each input in fuel, worst over usual. */
function fuelCard(rows: readonly Row[]): string {
  const counted = varied(rows, 'input').filter(({ fuelPerFrame }) => fuelPerFrame !== undefined);
  if (counted.length === 0) return '';
  const most = Math.max(...counted.map(({ fuelPerFrame }) => fuelPerFrame?.worst ?? 0));
  const bars = counted.map(({ key, fuelPerFrame }) => {
    const { usual = 0, worst = 0 } = fuelPerFrame ?? {};
    return `<span>${escaped(key.input)}</span><i style="width:${((100 * worst) / most).toFixed(1)}%"></i><span>${short(worst)} <span class="soft">(usually ${short(usual)})</span></span>`;
  });
  return `<section class="card wide"><h2>Fuel a frame by input</h2><p class="soft">The most that a block burns, a frame: exact, and the same on each machine.</p><div class="bars">${bars.join('')}</div></section>`;
}

function checksCard({ checks }: BenchReport): string {
  if (checks === undefined) return '';
  const items = checks.map(
    ({ name, claim, level, found }) =>
      `<li class="${found === undefined ? 'ok' : 'bad'}"><b>${escaped(name)}</b> ${escaped(claim)} <span class="soft">(level ${level})</span>${found === undefined ? '' : `<br>${escaped(found)}`}</li>`,
  );
  return `<section class="card wide"><h2>Checks of the sound</h2><div class="verdict" style="border:0;margin:8px 0 0;padding:0"><ul>${items.join('')}</ul></div></section>`;
}

function rowsCard({ measurement: { rows, against } }: BenchReport): string {
  const first = rows[0] as Row;
  const columns = [
    'a block takes',
    'load',
    'median',
    'p99',
    'p99.9',
    'worst',
    'late',
    'collections',
    'fuel a frame',
  ];
  if (against !== undefined) columns.push(`/ ${against}`);
  const body = rows.map(({ key, budgetNs, times, fuelPerFrame }) => {
    const { medianNs, p99Ns, p999Ns, worstNs, late, collections } = times['plugin'] as BlockStatistics;
    const cells = [
      escaped(rowName(key, first.key)),
      formatShare(medianNs / budgetNs),
      ...[medianNs, p99Ns, p999Ns, worstNs].map(formatNs),
      String(late),
      String(collections),
      fuelPerFrame === undefined ? '–' : short(fuelPerFrame.worst),
    ];
    if (against !== undefined) cells.push(formatRatio(medianNs / (times['against']?.medianNs ?? NaN)));
    return `<tr>${cells.map((cell, column) => `<td${column === 6 && late > 0 ? ' class="bad"' : ''}>${cell}</td>`).join('')}</tr>`;
  });
  return `<section class="card wide"><h2>Every row</h2><div class="scroll"><table><thead><tr>${columns.map((name) => `<th>${escaped(name)}</th>`).join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div></section>`;
}

function foot({ machine, measurement, processes, seed, comparison }: BenchReport): string {
  const { clock } = measurement;
  const sound =
    measurement.null === undefined ? '' : ` The sounds are ${escaped(formatPeak(measurement.null.peakDb))}.`;
  const compared =
    comparison === undefined
      ? ''
      : `<p class="soft">Compared with ${escaped(comparison.file)} of ${escaped(comparison.date)}${comparison.sameMachine ? '' : ' (another machine, Node or engine)'}: ${escaped(
          comparison.rows.map(({ ratio }) => formatRatio(ratio)).join(', '),
        )}, in units of the calibration beside it.</p>`;
  return `${compared}<p class="soft" style="margin-top:16px">Measured on ${escaped(machine.date)} in ${processes === 1 ? 'one process' : `${processes} processes`}, seed ${seed}: ${machine.processors} × ${escaped(machine.cpu)}, ${formatBytes(machine.memoryBytes)}, ${escaped(machine.os)} ${escaped(machine.arch)}, load ${machine.load}; Node.js ${escaped(machine.node)}, V8 ${escaped(machine.v8)}, engine ${escaped(machine.engine)}. The clock tells ${formatNs(clock.resolutionNs)}; reading it takes ${formatNs(clock.costNs)} of each time.${sound}</p>`;
}
