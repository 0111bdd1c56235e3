import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = fileURLToPath(new URL('first-rewrite-main.js', import.meta.url));
const run = promisify(execFile);

/** Measures the first rewrite of a process, with the engine imported and nothing of it compiled yet. In nanoseconds. */
export async function firstRewriteNs(path: string): Promise<number> {
  const { stdout } = await run(process.execPath, [PROGRAM, path]);
  return Number(stdout);
}
