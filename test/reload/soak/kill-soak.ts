import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFileStore } from '@wasm-plugin/engine/reload';
import type { Random } from '../../support/random.js';
import { numberOf } from './saved-number.js';

/** Found from the sources and from where they are compiled to. */
const CHILD = fileURLToPath(
  import.meta.url.includes('/dist/')
    ? new URL('save-forever.js', import.meta.url)
    : new URL('../../dist/reload/soak/save-forever.js', import.meta.url),
);

/** Result of killing a process during its saves. */
export interface KillSoakResult {
  kills: number;
  saves: number;
  /** Loads that gave a state newer than the last acknowledged one: it was saved, and the process had no time to say so. */
  newer: number;
  /** Files that were torn, and passed over. */
  skipped: number;
}

/**
 * Kills a process at random moments while it saves states, and loads the remaining one.
 * @throws {Error} for a state that is not whole, or older than the last acknowledged save
 */
export async function killSoak(kills: number, random: Random): Promise<KillSoakResult> {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-kills-'));
  const result: KillSoakResult = { kills, saves: 0, newer: 0, skipped: 0 };
  let next = 1;
  for (let kill = 0; kill < kills; kill++) {
    const acknowledged = await saveUntilKilled(folder, next, random.below(60));
    const { state, skipped } = await createFileStore(folder).load('counter');
    result.skipped += skipped.length;
    const loaded = state === undefined ? 0 : numberOf(state);
    if (loaded < acknowledged) throw new Error(`state ${acknowledged} was saved, ${loaded} was loaded`);
    if (loaded > acknowledged) result.newer++;
    next = loaded + 1;
  }
  result.saves = next - 1;
  await rm(folder, { recursive: true });
  return result;
}

/** Returns the number of the last acknowledged save, or the one before the first. */
function saveUntilKilled(folder: string, first: number, afterMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder, String(first)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (text === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
      text += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (_, signal) => {
      if (signal !== 'SIGKILL') reject(new Error('the process ended by itself'));
      const lines = text.split('\n').slice(0, -1);
      resolve(Number(lines.at(-1) ?? first - 1));
    });
  });
}
