import { execFile } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { CliError } from '../cli-error.js';

const MOST_OUTPUT = 64 * 2 ** 20;

/** Options of a run of a program. */
export interface ToolOptions {
  args?: readonly string[];
  cwd: string;
  /** Variables beside those of this process. */
  env?: NodeJS.ProcessEnv;
  shell?: boolean;
  /** Install command, for the error if the tool is missing. */
  hint?: string;
  /** True if it reports errors on its standard output. @default false */
  saysOnStdout?: boolean;
  /** Its name for people. @default `program` */
  called?: string;
  /** Ends the program. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs a program to its end and returns its output.
 * @throws {CliError} it does not exist, or failed: with its output
 */
export function runTool(
  program: string,
  {
    args = [],
    cwd,
    env = {},
    shell = false,
    signal,
    hint = NO_PROGRAM,
    saysOnStdout = shell,
    called = program,
  }: ToolOptions,
): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, shell, signal, maxBuffer: MOST_OUTPUT };
  return new Promise((resolve, reject) => {
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else {
        // Some tools colour their output even if no terminal reads it.
        const said = stripVTControlCharacters(`${stderr}${saysOnStdout ? stdout : ''}`).trim();
        reject(failure(called, { code: error.code, said, hint }));
      }
    });
  });
}

const NO_PROGRAM = 'Install it, or say how to build the plugin with "build" in its plugin.json';

function failure(
  program: string,
  { code, said, hint }: { code: unknown; said: string; hint: string },
): CliError {
  if (code === 'ABORT_ERR') return new CliError('Cannot build: it was stopped');
  if (code === 'ENOENT')
    return new CliError(`Cannot build: there is no program "${program}"`, { hint, code: 'ENOENT' });
  return new CliError(`Cannot build: "${program}" failed${said === '' ? '' : `:\n${said}`}`);
}
