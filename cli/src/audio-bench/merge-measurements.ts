import { median } from '../audio/index.js';
import { rounded } from './block-statistics.js';
import type { BlockStatistics, FirstBlocks, Measurement, RealtimeStatistics, Row } from './measurement.js';

/**
 * Puts the measurements of several processes together: medians of what is typical, the worst of what is the worst, sums of what
 * is counted. Blocks one by one are those of the process in the middle.
 */
export function mergeMeasurements(all: readonly Measurement[]): Measurement {
  const middle = middleOf(all);
  return {
    ...middle,
    cold: mergeFirst(all.map(({ cold }) => cold)),
    live: mergeFirst(all.map(({ live }) => live)),
    rows: middle.rows.map((row, at) =>
      mergeRow(
        row,
        all.map(({ rows }) => rows[at] as Row),
      ),
    ),
    histogram: Object.fromEntries(
      Object.keys(middle.histogram).map((name) => [
        name,
        (middle.histogram[name] ?? []).map((_, bin) =>
          all.reduce((sum, { histogram }) => sum + (histogram[name]?.[bin] ?? 0), 0),
        ),
      ]),
    ),
    realtime: Object.fromEntries(
      Object.entries(middle.realtime).map(([name, first]) => [
        name,
        mergeRealtime(
          first,
          all.map(({ realtime }) => realtime[name] as RealtimeStatistics),
        ),
      ]),
    ),
  };
}

function middleOf(all: readonly Measurement[]): Measurement {
  const time = ({ rows }: Measurement): number => rows[0]?.times['plugin']?.medianNs ?? 0;
  const sorted = [...all].sort((a, b) => time(a) - time(b));
  return sorted[Math.floor(sorted.length / 2)] as Measurement;
}

function mergeRow(row: Row, all: readonly Row[]): Row {
  return {
    ...row,
    times: Object.fromEntries(
      Object.keys(row.times).map((name) => [
        name,
        mergeBlocks(all.map(({ times }) => times[name] as BlockStatistics)),
      ]),
    ),
  };
}

function mergeBlocks(all: readonly BlockStatistics[]): BlockStatistics {
  const middle = (key: keyof BlockStatistics): number => rounded(median(all.map((each) => each[key])));
  const sum = (key: keyof BlockStatistics): number => all.reduce((total, each) => total + each[key], 0);
  return {
    blocks: sum('blocks'),
    medianNs: middle('medianNs'),
    p99Ns: middle('p99Ns'),
    p999Ns: middle('p999Ns'),
    worstNs: Math.max(...all.map(({ worstNs }) => worstNs)),
    late: sum('late'),
    lateByOthers: sum('lateByOthers'),
    collections: sum('collections'),
  };
}

function mergeRealtime(first: RealtimeStatistics, all: readonly RealtimeStatistics[]): RealtimeStatistics {
  return {
    ...first,
    ...mergeBlocks(all),
    seconds: all.reduce((total, { seconds }) => total + seconds, 0),
    wakeUpNs: rounded(median(all.map(({ wakeUpNs }) => wakeUpNs))),
  };
}

function mergeFirst(all: readonly FirstBlocks[]): FirstBlocks {
  return {
    firstNs: rounded(median(all.map(({ firstNs }) => firstNs))),
    worstNs: Math.max(...all.map(({ worstNs }) => worstNs)),
    late: all.reduce((sum, { late }) => sum + late, 0),
    lateByOthers: all.reduce((sum, { lateByOthers }) => sum + lateByOthers, 0),
    blocks: all.reduce((sum, { blocks }) => sum + blocks, 0),
  };
}
