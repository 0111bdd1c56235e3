import { binNs } from '../histogram.js';
import { formatNs } from '../format.js';
import type { Measurement, Row, RowKey } from '../measurement.js';

/** An axis of a plot; `report.js` draws it. */
interface Axis {
  /** Beside the axis. */
  label: string;
  /** In the legend, under the pointer. */
  name?: string;
  format: 'ns' | 'percent' | 'count' | 'hz' | 'db' | 'ms' | 'plain';
  /** The base of a logarithmic scale. */
  log?: 2 | 10;
  min?: number;
  max?: number;
  /** Places of the grid. */
  values?: number[];
}

/** A curve. */
interface Series {
  label: string;
  color: Color;
  format: Axis['format'];
  kind: 'line' | 'steps' | 'dots' | 'marks';
  dashed?: boolean;
}

/** Names of colours in `report.css`. */
type Color = 'plugin' | 'other' | 'unmetered' | 'deadline';

interface Line {
  at: number;
  color: Color;
  label?: string;
  dashed?: boolean;
}

/** A plot: JSON that `report.js` reads. */
export interface Plot {
  /** Id of the element that it is drawn into. */
  id: string;
  title: string;
  /** Caption, HTML. */
  caption: string;
  wide?: boolean;
  x: Axis;
  y: Axis;
  all: Series[];
  /** The first row is x. */
  data: (number | null)[][];
  across?: { vertical?: Line[]; horizontal?: Line[] };
}

const NAMES: Record<string, { color: Color; label: (measurement: Measurement) => string }> = {
  plugin: { color: 'plugin', label: ({ name }) => name },
  unmetered: { color: 'unmetered', label: () => 'without limits' },
  against: { color: 'other', label: ({ against = '' }) => against },
};

/** Returns the plots of a measurement. */
export function plotsOf(measurement: Measurement): Plot[] {
  const first = measurement.rows[0] as Row;
  return [
    histogramPlot(measurement, first),
    ...loadPlot(measurement, {
      id: 'blocks',
      by: 'maxFrames',
      title: 'Load against block size',
      caption:
        'A block’s time as a share of how long it sounds. Solid: the median; dashed: p99.9; 100 % is the deadline.',
      label: 'frames of a block',
    }),
    ...loadPlot(measurement, {
      id: 'instances',
      by: 'instances',
      title: 'Load against instances',
      caption: lateText(measurement.rows),
      label: 'instances on one thread',
    }),
    timelinePlot(measurement, first),
    responsePlot(measurement),
  ];
}

function histogramPlot(measurement: Measurement, first: Row): Plot {
  const names = Object.keys(NAMES).filter((name) => measurement.histogram[name] !== undefined);
  const counts = names.map((name) => measurement.histogram[name] as number[]);
  const filled = counts.flatMap((each) => each.flatMap((count, bin) => (count > 0 ? [bin] : [])));
  const deadlineBin = Math.log10(first.budgetNs / 10) * 24;
  const from = Math.max(0, Math.min(...filled) - 2);
  const to = Math.ceil(Math.max(...filled, deadlineBin)) + 3;
  const bins = Array.from({ length: to - from }, (_, at) => from + at);
  const most = Math.max(...counts.flat());
  return {
    id: 'histogram',
    title: 'Times of blocks',
    caption: `Blocks by their time, both scales logarithmic; the dashed line is the deadline, ${formatNs(first.budgetNs)}.`,
    wide: true,
    x: {
      label: 'time of a block',
      name: 'time',
      format: 'ns',
      log: 10,
      min: binNs(from),
      max: binNs(to),
      values: powersOfTen(binNs(from), binNs(to)),
    },
    y: { label: 'blocks', format: 'count', log: 10, min: 0.7, max: most * 1.5 },
    all: names.map((name) => ({ ...seriesOf(name, measurement), format: 'count', kind: 'steps' })),
    data: [
      bins.map(binNs),
      ...counts.map((each) => bins.map((bin) => ((each[bin] ?? 0) > 0 ? (each[bin] as number) : 0.5))),
    ],
    across: { vertical: [{ at: first.budgetNs, color: 'deadline', label: 'deadline' }] },
  };
}

function loadPlot(
  measurement: Measurement,
  {
    id,
    by,
    label,
    title,
    caption,
  }: Pick<Plot, 'id' | 'title' | 'caption'> & { by: keyof RowKey; label: string },
): Plot[] {
  const rows = varied(measurement.rows, by);
  if (rows.length < 2) return [];
  const names = Object.keys(NAMES).filter(
    (name) => name !== 'unmetered' && rows[0]?.times[name] !== undefined,
  );
  const share = (row: Row, name: string, key: 'medianNs' | 'p999Ns'): number =>
    Number((((row.times[name]?.[key] ?? NaN) / row.budgetNs) * 100).toPrecision(4));
  const values = rows.map(({ key }) => key[by] as number);
  const all = names.flatMap((name) => {
    const series = seriesOf(name, measurement);
    return [
      { ...series, format: 'percent' as const, kind: 'marks' as const },
      {
        ...series,
        label: `${series.label} p99.9`,
        format: 'percent' as const,
        kind: 'line' as const,
        dashed: true,
      },
    ];
  });
  const data = names.flatMap((name) =>
    (['medianNs', 'p999Ns'] as const).map((key) => rows.map((row) => share(row, name, key))),
  );
  return [
    {
      id,
      title,
      caption,
      x: {
        label,
        name: label,
        format: 'plain',
        log: 2,
        min: (values[0] as number) / 1.2,
        max: (values.at(-1) as number) * 1.2,
        values,
      },
      y: {
        label: 'load',
        format: 'percent',
        log: 10,
        min: Math.min(...data.flat()) / 1.5,
        max: Math.max(...data.flat(), 100) * 1.8,
      },
      all,
      data: [values, ...data],
      across: { horizontal: [{ at: 100, color: 'deadline', label: 'deadline' }] },
    },
  ];
}

function timelinePlot(measurement: Measurement, first: Row): Plot {
  const { startsMs, durationsNs, collections } = measurement.timeline;
  const lowest = durationsNs.reduce((least, each) => Math.min(least, each), Infinity);
  const highest = durationsNs.reduce((most, each) => Math.max(most, each), first.budgetNs);
  return {
    id: 'timeline',
    title: 'Blocks in their order',
    caption: `A dot a block, of one process; what is measured beside it runs in the gaps. Orange lines are collections of garbage in the measuring process (${collections.length}).`,
    wide: true,
    x: { label: 'time since the first block', name: 'at', format: 'ms' },
    y: {
      label: 'time of a block',
      format: 'ns',
      log: 10,
      min: lowest * 0.7,
      max: highest * 1.6,
      values: roundValues(lowest * 0.7, highest * 1.6),
    },
    all: [{ label: measurement.name, color: 'plugin', format: 'ns', kind: 'dots' }],
    data: [startsMs, durationsNs],
    across: {
      vertical: collections.map(({ startMs }) => ({ at: startMs, color: 'other', dashed: false })),
      horizontal: [{ at: first.budgetNs, color: 'deadline', label: 'deadline' }],
    },
  };
}

function responsePlot(measurement: Measurement): Plot {
  const { responses } = measurement;
  const hz = responses['plugin']?.hz ?? [];
  const names = Object.keys(NAMES).filter((name) => responses[name] !== undefined);
  const levels = names.map((name) => responses[name]?.db ?? []);
  const all = levels.flat();
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const middle = (low + high) / 2;
  return {
    id: 'response',
    title: 'Response to an impulse',
    caption: 'The level of each frequency in what comes out of an impulse at half of full scale.',
    wide: true,
    x: {
      label: 'frequency',
      name: 'at',
      format: 'hz',
      log: 10,
      min: hz[0] ?? 20,
      max: hz.at(-1) ?? 20_000,
      values: [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000],
    },
    y: {
      label: 'level',
      format: 'db',
      min: Math.min(low - 1, middle - 6),
      max: Math.max(high + 1, middle + 6),
    },
    all: names.map((name, at) => ({
      ...seriesOf(name, measurement),
      format: 'db',
      kind: 'line',
      dashed: at > 0,
    })),
    data: [hz, ...levels],
  };
}

/** Ones, and twos and fives if there are few of them. */
function roundValues(from: number, to: number): number[] {
  const tens = powersOfTen(from / 10, to);
  const steps = to / from > 2000 ? [1] : [1, 2, 5];
  return tens
    .flatMap((ten) => steps.map((step) => ten * step))
    .filter((value) => value >= from && value <= to);
}

function powersOfTen(from: number, to: number): number[] {
  const least = Math.ceil(Math.log10(from));
  return Array.from({ length: Math.floor(Math.log10(to)) - least + 1 }, (_, at) => 10 ** (least + at));
}

function seriesOf(name: string, measurement: Measurement): Pick<Series, 'label' | 'color'> {
  const { color, label } = NAMES[name] as (typeof NAMES)[string];
  return { color, label: label(measurement) };
}

/** The rows in which only one thing differs from the first, in its order. */
export function varied(rows: readonly Row[], by: keyof RowKey): Row[] {
  const first = (rows[0] as Row).key;
  const others = (Object.keys(first) as (keyof RowKey)[]).filter((key) => key !== by);
  return rows
    .filter(({ key }) => others.every((each) => key[each] === first[each]))
    .sort((a, b) => Number(a.key[by]) - Number(b.key[by]));
}

function lateText(rows: readonly Row[]): string {
  const parts = varied(rows, 'instances').map(
    ({ key, times }) => `${key.instances}: ${times['plugin']?.late ?? 0}`,
  );
  return `All instances process a block, one after the other. Late blocks by instances: ${parts.join(', ')}.`;
}
