import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileError } from '../component/index.js';
import { writeWhole } from '../files/index.js';

/**
 * Reads the token of a door; makes a random one, which this user alone can read, if there is none.
 * @throws {CliError} the file cannot be read or written
 */
export function tokenFrom(file: string): string {
  if (!existsSync(file)) writeWhole(file, `${randomBytes(32).toString('hex')}\n`, 0o600);
  return readToken(file);
}

/** Reads the token of a door that a host has opened. @throws {CliError} the file cannot be read */
export function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw fileError('read', file, error);
  }
}
