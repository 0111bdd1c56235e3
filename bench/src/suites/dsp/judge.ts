import { median, percentile } from '../../harness/index.js';
import { atMost, type RowReport, type Verdict } from '../../report/index.js';
import type { Measurement } from './measurement.js';

/** Shorter kernels measure the boundary. */
const LONG_NS = 1000;

/** The loudest allowed difference of another language. */
const UNLIKE_DB = -120;
/** Stands for no difference at all. */
const EQUAL_DB = -200;

/** Judges the measurements; a line is left out if this machine lacks its preconditions. */
export function judge(
  rows: readonly RowReport[],
  measurements: ReadonlyMap<string, readonly Measurement[]>,
): Verdict[] {
  const long = rows.filter(({ variants }) => (variants['core']?.medianNs ?? 0) > LONG_NS);
  const short = rows.filter((row) => !long.includes(row));
  const native = ratiosOf(rows, 'engine/native');
  return [
    ...(long.length === 0
      ? []
      : [
          atMost(
            'metered / raw core, geometric mean above 1 µs',
            1.03,
            geometricMean(ratiosOf(long, 'engine/core')),
          ),
        ]),
    ...long.map(({ name, ratios }) =>
      atMost(`${name}: metered / raw core`, 1.08, ratios['engine/core'] ?? NaN),
    ),
    ...short.map(({ name, ratios }) =>
      atMost(`${name}: metered / raw core`, 1.25, ratios['engine/core'] ?? NaN),
    ),
    ...(native.length === 0 ? [] : [atMost('metered / native, geometric mean', 1.05, geometricMean(native))]),
    ...[...measurements].flatMap(([name, all]) => blockVerdicts(name, all)),
  ];
}

function blockVerdicts(name: string, measurements: readonly Measurement[]): Verdict[] {
  const verdicts = [
    atMost(`${name}: garbage a block`, 0, median(measurements.map((each) => each.garbageBytes)), ' B'),
  ];
  const nulls = measurements.flatMap((each) => each.null['engine'] ?? []);
  if (nulls.length === 0) return verdicts;
  const loudest = (variant: string): number =>
    Math.max(...measurements.map((each) => each.null[variant]?.peakDb ?? EQUAL_DB));
  const tail = (variant: string): number =>
    median(measurements.map(({ blocks }) => percentile(blocks[variant] ?? [], 0.999)));
  return [
    ...verdicts,
    atMost(`${name}: samples unlike native`, 0, Math.max(...nulls.map(({ different }) => different))),
    ...['rust', 'assemblyscript'].map((variant) =>
      atMost(`${name}: ${variant} unlike native`, UNLIKE_DB, loudest(variant), ' dBFS'),
    ),
    atMost(`${name}: p99.9 of a block / native`, 1.5, tail('engine') / tail('native')),
  ];
}

function ratiosOf(rows: readonly RowReport[], ratio: string): number[] {
  return rows.flatMap(({ ratios }) => ratios[ratio] ?? []);
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
