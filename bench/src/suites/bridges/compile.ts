import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../../kernels/bridges/', import.meta.url);
const INCLUDE = fileURLToPath(new URL('../../../../native-bridge/include', import.meta.url));
const compiled = new Map<string, Uint8Array | string>();

/** Compiles a C file of `kernels/bridges` and returns its bytes, or why that is not possible here. */
export function compileBridge(file: string, flags: readonly string[] = []): Uint8Array | string {
  let found = compiled.get(file);
  if (found === undefined) compiled.set(file, (found = compile(file, flags)));
  return found;
}

function compile(file: string, flags: readonly string[]): Uint8Array | string {
  if (process.platform !== 'linux') return 'this is not Linux';
  const folder = mkdtempSync(join(tmpdir(), 'bench-bridges-'));
  try {
    const output = join(folder, 'output');
    execFileSync('cc', ['-O2', '-I', INCLUDE, ...flags, fileURLToPath(new URL(file, FOLDER)), '-o', output]);
    return new Uint8Array(readFileSync(output));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'there is no C compiler "cc"';
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
