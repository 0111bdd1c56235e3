import { open, readFile, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../cli-error.js';
import { fileError } from '../component/index.js';
import { isRunning } from './is-running.js';

const TRIES = 100;
const WAIT_MS = 50;

/**
 * Makes a lock file, so that one process at a time changes the thing that it protects. The lock of a process that is gone is
 * taken over.
 * @param what names the protected thing
 * @returns a function that releases the lock
 * @throws {CliError} another process has held it for seconds
 */
export async function takeLock(path: string, what: string): Promise<() => void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileError('write to', what, error);
      const owner = Number(await readFile(path, 'utf8').catch(() => ''));
      if (owner > 0 && !isRunning(owner)) await rm(path, { force: true });
      else await sleep(WAIT_MS);
    }
  }
  throw new CliError(`Cannot change "${what}": another process is changing it`, {
    hint: `If none is, remove "${path}"`,
  });
}
