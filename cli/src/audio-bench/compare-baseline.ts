import { readInput } from '../component/index.js';
import { CliError } from '../cli-error.js';
import type { Machine } from './machine.js';
import type { Measurement, Row, RowKey } from './measurement.js';

/** The part of an earlier report that a comparison needs. */
interface Baseline {
  machine: Machine;
  measurement: Measurement;
}

/** A row beside the same one of an earlier report. */
export interface ComparedRow {
  key: RowKey;
  /** Time of a block in relation to the earlier one, each measured in units of the calibration beside it. */
  ratio: number;
  /** The most fuel of a frame now, less than before if negative; absent if it was not counted both times. */
  fuelMore?: number;
}

/** A measurement beside an earlier one. */
export interface Comparison {
  file: string;
  date: string;
  /** True if processor, Node and engine are the same: other times are comparable in tendency alone. */
  sameMachine: boolean;
  rows: ComparedRow[];
}

/**
 * Compares with a report that `--json` wrote earlier.
 * @throws {CliError} the file is no such report
 */
export function compareBaseline(
  file: string,
  { machine, measurement }: { machine: Machine; measurement: Measurement },
): Comparison {
  const earlier = readBaseline(file);
  const rows = measurement.rows.flatMap((row) => {
    const before = earlier.measurement.rows.find(({ key }) => sameKey(key, row.key));
    return before === undefined ? [] : [compareRow(row, before)];
  });
  const same = (key: 'cpu' | 'node' | 'engine'): boolean => machine[key] === earlier.machine[key];
  return {
    file,
    date: earlier.machine.date,
    sameMachine: same('cpu') && same('node') && same('engine'),
    rows,
  };
}

function readBaseline(file: string): Baseline {
  const text = new TextDecoder().decode(readInput(file));
  try {
    const report = JSON.parse(text) as Partial<Baseline> & { bench?: unknown };
    if (report.bench === 1 && report.measurement !== undefined && report.machine !== undefined)
      return report as Baseline;
  } catch {
    // Said below.
  }
  throw new CliError(`Cannot compare with "${file}": it is no report of "wasm-plugin bench --json"`);
}

function sameKey(a: RowKey, b: RowKey): boolean {
  const keys = ['sampleRateHz', 'maxFrames', 'channels', 'input', 'instances'] as const;
  return keys.every((key) => a[key] === b[key]);
}

function compareRow(row: Row, before: Row): ComparedRow {
  const units = ({ times }: Row): number =>
    (times['plugin']?.medianNs ?? NaN) / (times['calibration']?.medianNs ?? NaN);
  const ratio = Number((units(row) / units(before)).toPrecision(4));
  const [now, then] = [row.fuelPerFrame, before.fuelPerFrame];
  return {
    key: row.key,
    ratio,
    ...(now === undefined || then === undefined
      ? {}
      : { fuelMore: Number((now.worst - then.worst).toFixed(2)) }),
  };
}
