import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileError } from '../component/index.js';

/**
 * Writes a file as a whole or not at all, even if the process or the machine stops meanwhile.
 * @param mode as of `open`
 * @throws {CliError} it cannot be written; the file is as before
 */
export function writeWhole(path: string, content: Uint8Array | string, mode = 0o666): void {
  const bytes = Buffer.from(content);
  // A name that begins with "." is no plugin, for a host that looks into the folder meanwhile.
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(temporary, 'wx', mode);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw fileError('write', path, error);
  }
}
