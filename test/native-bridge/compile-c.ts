import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolder, testFolder } from '../wast/index.js';

const INCLUDE = fileURLToPath(new URL('native-bridge/include', projectFolder()));

/** Why a test of native code cannot run here; `undefined` where it can. */
export function missingCompiler(): string | undefined {
  if (process.platform !== 'linux') return 'no Linux: the carrier "library" is tested there alone';
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'no C compiler: there is no command "cc"';
  }
}

/**
 * Compiles a C file of `fixtures` to a shared library and returns its bytes.
 * @param flags more for the compiler
 */
export function compileLibrary(name: string, flags: readonly string[] = []): Uint8Array {
  return compile([...flags, fixture(name), '-shared', '-fPIC']);
}

/** Compiles a C text to a program, runs it, and returns what it prints. */
export function runC(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'compile-c-'));
  try {
    const program = join(folder, 'program');
    execFileSync('cc', ['-x', 'c', '-', '-I', INCLUDE, '-o', program], { input: text });
    return execFileSync(program, { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compile(args: string[]): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'compile-c-'));
  try {
    const output = join(folder, 'output');
    execFileSync('cc', ['-O2', '-Wall', '-Werror', '-I', INCLUDE, ...args, '-o', output]);
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fixture(name: string): string {
  return fileURLToPath(new URL(`native-bridge/fixtures/${name}`, testFolder()));
}
