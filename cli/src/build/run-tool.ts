import { execFile } from 'node:child_process';
import { CliError } from '../cli-error.js';

const MOST_OUTPUT = 64 * 2 ** 20;

/** How a program is run. */
export interface ToolOptions {
  args?: readonly string[];
  cwd: string;
  /** Variables beside those of this process. */
  env?: NodeJS.ProcessEnv;
  shell?: boolean;
  /** Ends the program. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs a program to its end and gives what it printed.
 * @throws {CliError} it is not there, or failed: with what it wrote
 */
export function runTool(
  program: string,
  { args = [], cwd, env = {}, shell = false, signal }: ToolOptions,
): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, shell, signal, maxBuffer: MOST_OUTPUT };
  return new Promise((resolve, reject) => {
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(failure(program, error, `${stderr}${shell ? stdout : ''}`.trim()));
    });
  });
}

function failure(program: string, error: { code?: unknown }, said: string): CliError {
  if (error.code === 'ABORT_ERR') return new CliError('Cannot build: it was stopped');
  if (error.code === 'ENOENT') {
    return new CliError(`Cannot build: there is no program "${program}"`, {
      hint: 'Install it, or say how to build the plugin with "build" in its plugin.json',
    });
  }
  return new CliError(`Cannot build: "${program}" failed${said === '' ? '' : `:\n${said}`}`);
}
