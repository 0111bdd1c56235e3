import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KERNEL_FOLDER } from './kernels.js';

/** A native build of the kernels. */
export interface NativeBuild {
  /** As a column of the report says it. */
  name: string;
  compiler: string;
  flags: readonly string[];
  /** Arguments behind the source file: the C library. */
  libraries: readonly string[];
  /** A file without which there is no such build. */
  needs?: string;
}

/** Not a folder that others may write to: its files are loaded into this process. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/wasm-plugin-kernels/', KERNEL_FOLDER));
const MUSL = '/usr/lib/x86_64-linux-musl';
const EXACT = ['-O3', '-ffp-contract=off'];
const STATIC_MUSL = ['-nostdlib', '-Wl,-Bsymbolic', `-L${MUSL}`, '-l:libc.a'];

/** The native code that wasm is compared with: the same compiler, the same flags, the same C library. */
export const REFERENCE: NativeBuild = {
  name: 'native',
  compiler: 'clang-19',
  flags: EXACT,
  libraries: STATIC_MUSL,
  needs: `${MUSL}/libc.a`,
};

/** Further builds to compare with. */
export const OTHER_BUILDS: readonly NativeBuild[] = [
  { name: 'clang, glibc', compiler: 'clang-19', flags: EXACT, libraries: ['-lm'] },
  { name: 'gcc, glibc', compiler: 'gcc', flags: EXACT, libraries: ['-lm'] },
  { name: 'clang, glibc, v3', compiler: 'clang-19', flags: ['-O3', '-march=x86-64-v3'], libraries: ['-lm'] },
  { name: 'gcc, glibc, v3', compiler: 'gcc', flags: ['-O3', '-march=x86-64-v3'], libraries: ['-lm'] },
];

/** Describes a build, with the version of its compiler. Undefined if this machine cannot make it. */
export function describeBuild(build: NativeBuild): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  if (build.needs !== undefined && !existsSync(build.needs)) return undefined;
  try {
    const version = execFileSync(build.compiler, ['--version'], { encoding: 'utf8' }).split('\n')[0] ?? '';
    return `${version.trim()}: ${[...build.flags, ...build.libraries].join(' ')}`;
  } catch {
    return undefined;
  }
}

/**
 * Compiles a kernel, or takes the library of an earlier run of the same sources and flags.
 * @returns the path of the library
 */
export function buildNative(kernel: string, build: NativeBuild): string {
  mkdirSync(CACHE, { recursive: true });
  const file = join(CACHE, `${kernel}-${sourceHash(build)}.so`);
  if (existsSync(file)) return file;
  const source = fileURLToPath(new URL(`${kernel}.c`, KERNEL_FOLDER));
  const fresh = `${file}.${process.pid}`;
  execFileSync(build.compiler, [...build.flags, '-fPIC', '-shared', '-o', fresh, source, ...build.libraries]);
  renameSync(fresh, file);
  return file;
}

function sourceHash(build: NativeBuild): string {
  const hash = createHash('sha256').update(JSON.stringify(build));
  for (const name of readdirSync(KERNEL_FOLDER).sort()) {
    if (/\.[ch]$/.test(name)) hash.update(readFileSync(new URL(name, KERNEL_FOLDER)));
  }
  return hash.digest('hex').slice(0, 16);
}
