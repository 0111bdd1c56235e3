import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Measurement, MeasurementRequest } from './measurement.js';

const PROGRAM = fileURLToPath(new URL('measure-main.js', import.meta.url));
const MOST_OUTPUT = 64 * 2 ** 20;
const run = promisify(execFile);

/** Measures in a process of its own: one that the machine treats badly stays bad, and is outvoted by the others. */
export async function runMeasurement(request: MeasurementRequest): Promise<Measurement> {
  const { stdout } = await run(process.execPath, ['--expose-gc', PROGRAM, JSON.stringify(request)], {
    maxBuffer: MOST_OUTPUT,
  });
  return JSON.parse(stdout) as Measurement;
}
