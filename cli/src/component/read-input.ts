import { readFileSync } from 'node:fs';
import { CliError } from '../cli-error.js';

/** The system's reasons for refusing a file, in words. */
const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
};

/** Turns an error of the file system into one for the user. */
export function fileError(action: string, path: string, error: unknown): CliError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new CliError(`Cannot ${action} "${path}": ${REASONS[code] ?? message}`, { code });
}

/** Reads a file that the user named. */
export function readInput(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw fileError('read', path, error);
  }
}
