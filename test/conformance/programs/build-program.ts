import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './program.js';
import { cacheFolder } from './tools.js';

/** Returns the file of a program's component, which is built when it is first asked for and kept while its key is the same. */
export function buildProgram(program: Program): string {
  const hash = createHash('sha256').update(program.key()).digest('hex').slice(0, 16);
  const file = join(cacheFolder(), `${program.name}-${hash}.wasm`);
  if (existsSync(file)) return file;
  const folder = join(cacheFolder(), `${program.name}-${hash}.${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const made = join(folder, 'made.wasm');
    program.build(made, folder);
    renameSync(made, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return file;
}
