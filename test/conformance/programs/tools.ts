import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder that keeps built programs, outside of the repository: `${TMPDIR}/wasm-plugin-programs`. */
export function cacheFolder(): string {
  const folder = join(tmpdir(), 'wasm-plugin-programs');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Options of a tool's run. */
export interface ToolOptions {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
}

/**
 * Runs a tool and returns its output.
 * @throws {Error} with the end of its diagnostics, if it fails
 */
export function runTool(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: ToolOptions = {},
): string {
  try {
    return execFileSync(command, args, {
      cwd,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 28,
    });
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new Error(`Cannot run "${command} ${args.join(' ')}": ${stderr.trim().slice(-1000) || message}`, {
      cause: error,
    });
  }
}

const versions = new Map<string, string | undefined>();

/** Returns the first line of a tool's version text; `undefined` if there is no such tool. */
export function toolVersion(command: string, args: readonly string[] = ['--version']): string | undefined {
  const key = [command, ...args].join(' ');
  if (!versions.has(key)) {
    let version: string | undefined;
    try {
      version = runTool(command, args).split('\n')[0];
    } catch {
      version = undefined;
    }
    versions.set(key, version);
  }
  return versions.get(key);
}

/** Returns the name of a missing tool for builds of `wasm32-wasip2`, if any. */
export function missingRust(): string | undefined {
  if (toolVersion('cargo') === undefined) return 'there is no cargo';
  const target = join(sysroot(), 'lib/rustlib/wasm32-wasip2');
  return toolVersion('ls', [target]) === undefined ? 'rustup target add wasm32-wasip2' : undefined;
}

export function sysroot(): string {
  return toolVersion('rustc', ['--print', 'sysroot']) ?? '';
}

/** Returns the name of a missing tool for builds of C for Preview 1, if any. */
export function missingC(): string | undefined {
  if (toolVersion('clang-19') === undefined || toolVersion('wasm-ld-19') === undefined)
    return 'apt-get install clang-19 lld-19 libclang-rt-19-dev-wasm32 wasi-libc';
  return toolVersion('ls', ['/usr/include/wasm32-wasi']) === undefined
    ? 'apt-get install wasi-libc'
    : undefined;
}
