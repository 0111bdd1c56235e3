import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CliError } from '../cli-error.js';
import type { Measurement, MeasurementRequest } from './measurement.js';

const PROGRAM = fileURLToPath(new URL('measure-main.js', import.meta.url));

/** The answer of a measuring process. */
type Answer = { measurement: Measurement } | { error: { message: string; code: string; hint?: string } };

/**
 * Measures in a process of its own. A process that the machine treats badly stays slow for its whole life, and others outvote it.
 * @throws {CliError} the plugin cannot be measured, or ended the process
 */
export async function runMeasurement(request: MeasurementRequest): Promise<Measurement> {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  const ended = await new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const answer = parsed(text);
  if (answer === undefined)
    throw new CliError(`Cannot measure "${request.file.path}": the measuring process ended with ${ended}`);
  if ('error' in answer) {
    const { message, code, hint } = answer.error;
    throw new CliError(message, { code, hint });
  }
  return answer.measurement;
}

function parsed(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}
