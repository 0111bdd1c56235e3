import { createFileStore, type SavedState } from '@wasm-plugin/engine/reload';
import { CliError } from '../cli-error.js';
import { fileError } from '../component/index.js';
import type { Io } from '../io.js';
import { printable } from '../terminal/index.js';

/** Default folder of states. */
export const DEFAULT_STORE = '.wasm-plugin/state';

/**
 * Loads the newest whole state of a plugin from a store; newer ones that are torn are told of.
 * @throws {CliError} there is none
 */
export async function loadState(store: string, plugin: string, io: Io): Promise<SavedState> {
  const { state, skipped } = await createFileStore(store)
    .load(plugin)
    .catch((error: unknown) => {
      throw fileError('read', store, error);
    });
  for (const { error } of skipped) {
    io.err(`${io.styleErr('yellow', 'passed over:')} ${printable((error as Error).message)}\n`);
  }
  if (state !== undefined) return state;
  throw new CliError(`Cannot load the state of "${plugin}": "${store}" has no whole state of it`, {
    code: 'WP_STATE',
    hint: 'A host saves states with createFileStore(folder), "wasm-plugin dev" with --store',
  });
}
