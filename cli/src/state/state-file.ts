import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { decodeEnvelope, type SavedState } from '@wasm-plugin/engine/reload';
import { fileError, readInput } from '../component/index.js';

/**
 * Reads a state that the user named.
 * @throws {CliError} it cannot be read
 * @throws {StateError} WP_STATE it is no state, torn or changed
 */
export function readState(path: string): SavedState {
  return decodeEnvelope(readInput(path), { source: JSON.stringify(path) });
}

/** Writes a state, and the folder it is in. */
export function writeState(path: string, envelope: Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, envelope);
  } catch (error) {
    throw fileError('write', path, error);
  }
}
