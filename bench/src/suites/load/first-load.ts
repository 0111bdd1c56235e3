import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Subject } from './subjects.js';

const PROGRAM = fileURLToPath(new URL('first-load-main.js', import.meta.url));
const run = promisify(execFile);

/** Measures the first load of a process, with the engine imported and nothing of it compiled yet. In nanoseconds. */
export async function firstLoadNs({ bytes }: Subject): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-bench-'));
  try {
    const file = join(folder, 'component.wasm');
    await writeFile(file, bytes);
    const { stdout } = await run(process.execPath, [PROGRAM, file]);
    return Number(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
