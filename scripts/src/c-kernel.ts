import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';
import { ROOT, type Guest } from './guests.js';
import { kernelWorld } from './kernel-world.js';

const SOURCES = join(ROOT, 'bench/kernels/dsp');
/** Chosen by measurement: see "Why these flags for C?" in RATIONALE.md. */
const COMPILE = [
  '--target=wasm32-wasi',
  '-O3',
  '-ffp-contract=off',
  '-msimd128',
  '-mbulk-memory',
  '-mnontrapping-fptoint',
  '-Wall',
  '-Wextra',
  '-Werror',
];
/** Called by itself: clang's driver runs whatever `wasm-opt` it finds. */
const LINK = ['--no-entry', '--strip-all', '--gc-sections', '-z', 'stack-size=16384'];
const LIBRARIES = ['-L/usr/lib/wasm32-wasi', '-lm', '-lc'];

/**
 * Builds a kernel of the DSP bench into a component (Debian: `clang-19 lld-19 wasi-libc`).
 * @returns the compiler, by name and version
 */
export async function buildCKernel(guest: Guest): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-'));
  try {
    const object = join(folder, 'kernel.o');
    const module = join(folder, 'kernel.wasm');
    const source = join(SOURCES, `${guest.name}.c`);
    execFileSync('clang-19', [...COMPILE, '-c', '-o', object, source], { stdio: 'inherit' });
    execFileSync('wasm-ld-19', [...LINK, '-o', module, object, ...LIBRARIES], { stdio: 'inherit' });
    const embedded = await componentEmbed({
      binary: readFileSync(module),
      witSource: kernelWorld(guest.world),
      world: guest.world,
    });
    const file = join(ROOT, guest.output);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await componentNew(embedded, []));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const version = execFileSync('clang-19', ['--version'], { encoding: 'utf8' });
  return `clang ${/version ([\d.]+)/.exec(version)?.[1]}`;
}
