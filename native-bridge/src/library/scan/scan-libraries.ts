import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { LibraryFormat } from '../open-plugin.js';

/** Plugins in a library, or the reason for which they are unknown. */
export type LibraryVerdict =
  { readonly format: LibraryFormat; readonly plugins: readonly string[] } | { readonly error: string };

/** Options of a scan. */
export interface ScanOptions {
  /** The longest scan of one library, in milliseconds. @default 10,000 */
  timeMs?: number;
  /** Private memory of one scan beside the needs of JavaScript, in bytes. @default 1 GiB */
  memoryBytes?: number;
  /** Verdicts of files that have not changed since, which are not scanned again. New ones are added; can be kept as JSON. */
  remembered?: Map<string, LibraryVerdict>;
}

const SCAN_MAIN = fileURLToPath(new URL('scan-main.js', import.meta.url));

/** A library with more names than these bytes hold is refused. */
const MOST_BYTES = 2 ** 20;

/**
 * Scans native libraries, by path. Opens each in a child process of its own, one after the other: a library that crashes, hangs
 * or exits when it is opened gets a verdict with that reason.
 * @throws {Error} a file cannot be read
 */
export async function scanLibraries(
  paths: readonly string[],
  { timeMs = 10_000, memoryBytes = 2 ** 30, remembered = new Map() }: ScanOptions = {},
): Promise<Map<string, LibraryVerdict>> {
  const verdicts = new Map<string, LibraryVerdict>();
  for (const path of paths) {
    const { size, mtimeMs } = await stat(path);
    const key = `${resolve(path)} ${size} ${mtimeMs}`;
    const verdict = remembered.get(key) ?? (await scanOne(resolve(path), timeMs, memoryBytes));
    remembered.set(key, verdict);
    verdicts.set(path, verdict);
  }
  return verdicts;
}

function scanOne(path: string, timeMs: number, memoryBytes: number): Promise<LibraryVerdict> {
  const args = ['--no-warnings', SCAN_MAIN, path, String(process.pid), String(memoryBytes)];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: {},
    cwd: '/',
    timeout: timeMs,
    killSignal: 'SIGKILL',
  });
  return new Promise((settle) => {
    let text = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
    }, timeMs);
    const pipe = child.stdio[3] as Readable;
    pipe.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.length > MOST_BYTES) child.kill('SIGKILL');
    });
    child.once('error', (error) => settle({ error: error.message }));
    child.once('close', (status, signal) => {
      clearTimeout(timer);
      const ending = late ? `it took longer than ${timeMs} ms` : `its process ended by ${signal ?? status}`;
      settle(verdictFrom(text) ?? { error: `Cannot scan the library: ${ending}` });
    });
  });
}

/** The child is a stranger once it has opened the library: its text may be anything. */
function verdictFrom(text: string): LibraryVerdict | undefined {
  try {
    const { format, plugins, error } = JSON.parse(text) as Record<string, unknown>;
    if (typeof error === 'string') return { error };
    if (format !== 'wasm-plugin' && format !== 'ladspa' && format !== 'clap') return undefined;
    if (!Array.isArray(plugins) || !plugins.every((name) => typeof name === 'string')) return undefined;
    return { format, plugins };
  } catch {
    return undefined;
  }
}
