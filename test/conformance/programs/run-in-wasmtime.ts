import { spawnSync } from 'node:child_process';
import type { ProgramCase } from './program-case.js';
import { argumentsOf, guestPath, type Ending, type RunContext } from './run.js';
import { snapshot } from './snapshot.js';
import { precompiled } from './wasmtime.js';

/** Report of wasmtime about a trap, after the program's own output. */
const REPORT = /Error: failed to run main module[^]*$/;

/** Runs a case under wasmtime's program. */
export function runInWasmtime(wasmtime: string, one: ProgramCase, { file, folder }: RunContext): Ending {
  const { mount = 'own', env = {}, stdin = '' } = one;
  const [name = '', ...args] = argumentsOf(one, folder);
  const dir = mount === 'none' ? [] : ['--dir', `${folder}::${guestPath(mount, folder)}`];
  const variables = Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  const options = [
    'run',
    '--allow-precompiled',
    ...dir,
    ...variables,
    '--argv0',
    name,
    precompiled(wasmtime, file),
  ];
  const ended = spawnSync(wasmtime, [...options, ...args], {
    input: Buffer.from(stdin),
    encoding: 'latin1',
    maxBuffer: 2 ** 28,
  });
  if (ended.status === null)
    throw ended.error ?? new Error(`wasmtime was ended by ${ended.signal ?? 'nobody'}`);
  return {
    stdout: ended.stdout,
    stderr: ended.status === 134 ? ended.stderr.replace(REPORT, '') : ended.stderr,
    status: ended.status,
    files: snapshot(folder),
  };
}
