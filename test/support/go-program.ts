import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A program of a Go module, built here, or why it is not. */
export type GoProgram = { readonly path: string } | { readonly missing: string };

/** Where programs are kept from one run to the next. */
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
  return { path };
}

/** Writes that a test is left out, and why. Returns whether it is. */
export function lacks(program: GoProgram): program is { missing: string } {
  if ('path' in program) return false;
  console.log(`skipped: ${program.missing}`);
  return true;
}
