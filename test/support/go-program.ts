import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A program of a Go module, built here, or why it is not. */
export type GoProgram = { readonly path: string } | { readonly missing: string };

/** Folder of compiled programs, kept from one run to the next. */
const CACHE = join(tmpdir(), 'wasm-plugin-go');

/** Builds a program of Go's module proxy, once on this machine. */
export function goProgram(source: string): GoProgram {
  const path = join(CACHE, source.replaceAll(/[^\w.@-]/g, '_'));
  if (existsSync(path)) return { path };
  if (spawnSync('go', ['version']).error !== undefined)
    return { missing: `Go is not installed: no "${source}"` };
  const building = `${path}.${process.pid}`;
  mkdirSync(building, { recursive: true });
  try {
    execFileSync('nice', ['go', 'install', source], {
      env: { ...process.env, GOBIN: building, GOFLAGS: '-p=1 -buildvcs=false' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    const [reason] = String((error as { stderr?: unknown }).stderr ?? error).split('\n');
    return { missing: `"${source}" could not be built: ${String(reason)}` };
  }
  renameSync(join(building, basename(source.replace(/@.*$/, ''))), path);
  rmSync(building, { recursive: true, force: true });
  return { path };
}

/** Builds a file of this repository that imports modules of Go's proxy, once on this machine. */
export function goProgramOf(file: string, modules: readonly string[]): GoProgram {
  const text = readFileSync(file, 'utf8');
  const path = join(
    CACHE,
    `${basename(file, '.go')}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`,
  );
  if (existsSync(path)) return { path };
  if (spawnSync('go', ['version']).error !== undefined)
    return { missing: `Go is not installed: no "${file}"` };
  const building = `${path}.${process.pid}`;
  mkdirSync(building, { recursive: true });
  copyFileSync(file, join(building, 'main.go'));
  const env = { ...process.env, GOFLAGS: '-p=1 -buildvcs=false -mod=mod' };
  const run = (args: string[]): unknown =>
    execFileSync('nice', ['go', ...args], { cwd: building, env, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    run(['mod', 'init', 'program']);
    run(['get', ...modules]);
    run(['build', '-o', path, '.']);
  } catch (error) {
    const [reason] = String((error as { stderr?: unknown }).stderr ?? error).split('\n');
    return { missing: `"${file}" could not be built: ${String(reason)}` };
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return { path };
}

/** Writes that a test is left out, and why. Returns whether it is. */
export function lacks(program: GoProgram): program is { missing: string } {
  if ('path' in program) return false;
  console.log(`skipped: ${program.missing}`);
  return true;
}
