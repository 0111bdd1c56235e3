import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AudioRun } from './audio-line.js';

const PROGRAM = fileURLToPath(new URL('audio-main.js', import.meta.url));

/**
 * Drives the chain in a process of its own, like a host of audio: earlier measurements leave nothing on its heap. It is in a
 * session of its own too, since it asks the system to favour its session.
 * @param flags for Node
 */
export async function runAudio(reloads: number, flags: readonly string[]): Promise<AudioRun> {
  const child = spawn(process.execPath, [...flags, PROGRAM, String(reloads)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  if (status !== 0) throw new Error(`Cannot measure audio: the process ended with ${status}`);
  return JSON.parse(text) as AudioRun;
}
