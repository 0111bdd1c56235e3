import { statSync } from 'node:fs';
import type { BenchReport } from './bench-report.js';
import { compareBaseline } from './compare-baseline.js';
import { judge } from './judge.js';
import { describeMachine } from './machine.js';
import type { Measurement, MeasurementRequest } from './measurement.js';
import { mergeMeasurements } from './merge-measurements.js';
import { countsFuel } from './open-source.js';
import type { BlockProfile } from './profile/index.js';
import { runMeasurement } from './run-measurement.js';

/** Options of `runBench`. */
export interface BenchOptions {
  request: MeasurementRequest;
  /** Processes that measure, one after the other. At least 1. */
  processes: number;
  /** An earlier report to compare with. */
  baseline?: string | undefined;
  /** Told what is being done. */
  progress(text: string): void;
}

/** Result of `runBench`. */
export interface Benched {
  report: BenchReport;
  /** Of the first process, if one was asked for: too long for a report. */
  profile?: BlockProfile | undefined;
}

/**
 * Measures a plugin in processes of its own.
 * @throws {CliError} it cannot be measured
 */
export async function runBench({ request, processes, baseline, progress }: BenchOptions): Promise<Benched> {
  const machine = describeMachine();
  const all: Measurement[] = [];
  let profile: BlockProfile | undefined;
  for (let at = 0; at < processes; at++) {
    progress(processes === 1 ? 'measuring' : `measuring, process ${at + 1} of ${processes}`);
    const { profile: taken, ...rest } = await runMeasurement(
      request.profile === true ? { ...request, profile: at === 0 } : request,
    );
    profile ??= taken;
    all.push(rest);
  }
  const measurement = mergeMeasurements(all);
  const report: BenchReport = {
    bench: 1,
    file: request.file.path,
    kind: countsFuel(request.file, { chain: [] }) ? 'component' : 'library',
    fileBytes: statSync(request.file.path).size,
    machine,
    seed: request.seed,
    processes,
    measurement,
    verdict: judge(measurement),
    ...(baseline === undefined ? {} : { comparison: compareBaseline(baseline, { machine, measurement }) }),
  };
  return { report, profile };
}
