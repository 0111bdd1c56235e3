import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { memoryIo } from '../../cli/dist/io.js';
import { main } from '../../cli/dist/main.js';

/** The command line as it is installed. */
export const BIN = fileURLToPath(new URL('../../cli/bin/wasm-plugin.js', import.meta.url));

/** A file of this repository. */
export function repoFile(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `wasm-plugin` as a user does. */
export function runCli(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...options,
    env: { ...plainEnvironment(), ...options.env },
  });
  return { code: status, stdout, stderr };
}

/**
 * Runs a command in this process, in a fraction of the time: for tests of its work. Tests of its start, end or terminal use
 * `runCli`.
 */
export async function callCli(
  args: readonly string[],
  { cwd, env = {} }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<CliResult> {
  const { io, written } = memoryIo();
  const before = { folder: process.cwd(), env: process.env, exitCode: process.exitCode };
  process.env = { ...plainEnvironment(), ...env };
  process.exitCode = undefined;
  if (cwd !== undefined) process.chdir(cwd);
  try {
    return { code: await main(args, io), stdout: written.out, stderr: written.err };
  } finally {
    process.chdir(before.folder);
    process.env = before.env;
    process.exitCode = before.exitCode;
  }
}

/** Makes a folder that is there until the tests of the file are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-plugin-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The environment without the test runner's settings for colours. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
  return rest;
}
