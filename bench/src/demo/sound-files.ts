import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { DemoError } from './demo-error.js';
import { makeSong } from './music/index.js';
import { encodeWav, readWav, type WavFile } from './wav/index.js';

const SONG_SAMPLE_RATE_HZ = 48_000;
const SONG_FOLDER = 'demo-output';

/** Sound to process, and where the result goes. */
export interface Job {
  source: WavFile;
  /** The file it was read from or, made by the demo itself, written to. */
  path: string;
  /** Path of the result. */
  target: string;
}

/** @throws {DemoError} the file cannot be read, or holds no sound that can be processed */
export function openFile(path: string): Job {
  return { source: readWav(readFile(path), path), path, target: processedPath(path) };
}

/** Makes the demo's own music and writes it down, so that before and after can be compared. */
export function openSong(seconds: number): Job {
  const path = join(SONG_FOLDER, 'song.wav');
  const audio = makeSong({ seconds, sampleRateHz: SONG_SAMPLE_RATE_HZ });
  const source: WavFile = { audio, format: 's24' };
  writeFile(path, encodeWav(source));
  return { source, path, target: processedPath(path) };
}

/** Writes a file, and the folder it is in. */
export function writeFile(path: string, bytes: Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  } catch (error) {
    throw new DemoError(`Cannot write "${path}": ${reasonOf(error)}`, { cause: error });
  }
}

function readFile(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new DemoError(`Cannot read "${path}": ${reasonOf(error)}`, { cause: error });
  }
}

function processedPath(path: string): string {
  const { dir, name } = parse(path);
  return join(dir, `${name}.processed.wav`);
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
};

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
