import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolder, testFolder } from '../wast/index.js';

const INCLUDE = fileURLToPath(new URL('native-bridge/include', projectFolder()));

/** Returns the reason for which a test of native code cannot run here; `undefined` if it can. */
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

/** Compiles the C example, as its README says. */
export function compileEqualizer(): Uint8Array {
  const folder = fileURLToPath(new URL('native-bridge/examples/eq-c/', projectFolder()));
  const files = readdirSync(folder).filter((name) => name.endsWith('.c'));
  const paths = files.map((name) => join(folder, name));
  return compile(['-ffp-contract=off', '-shared', '-fPIC', ...paths, '-lm']);
}

/** Returns the reason for which the Rust example cannot be built here; `undefined` if it can. */
export function missingRust(): string | undefined {
  try {
    execFileSync('rustc', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'no Rust compiler: there is no command "rustc"';
  }
}

/** Compiles the Rust example, as its README says. */
export function compileCompressor(): Uint8Array {
  const source = fileURLToPath(new URL('native-bridge/examples/compressor-rust/lib.rs', projectFolder()));
  const flags = ['--crate-type', 'cdylib', '--edition', '2024', '-C', 'opt-level=3', '-C', 'panic=abort'];
  return into((output) => execFileSync('rustc', [...flags, source, '-o', output], { stdio: 'pipe' }));
}

/** Compiles a C text to a program, runs it, and returns its output. */
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
  return into((output) =>
    execFileSync('cc', ['-O2', '-Wall', '-Werror', '-I', INCLUDE, ...args, '-o', output]),
  );
}

/** Returns the bytes that a command writes into a file of its own. */
function into(run: (output: string) => unknown): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'compile-c-'));
  try {
    const output = join(folder, 'output');
    run(output);
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fixture(name: string): string {
  return fileURLToPath(new URL(`native-bridge/fixtures/${name}`, testFolder()));
}
