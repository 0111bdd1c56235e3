import { readWit, WitError, type WitPackage } from '@wasm-plugin/as/wit';
import { CliError } from '../cli-error.js';
import { fileError } from '../component/index.js';

/**
 * Reads the WIT that the user named.
 * @throws {CliError} a file cannot be read, there is none, or they do not name one package
 */
export function readPackage(path: string): WitPackage {
  try {
    return readWit(path);
  } catch (error) {
    if (error instanceof WitError) throw new CliError(error.withPicture, { hint: error.hint });
    throw fileError('read', (error as NodeJS.ErrnoException).path ?? path, error);
  }
}
