import { decodeEnvelope, encodeEnvelope } from './envelope.js';
import type { SavedState } from './saved-state.js';

/** A saved state that was found corrupt, and was passed over. */
export interface SkippedState {
  /** Its place, e.g. a path. */
  readonly source: string;
  /** The error that was found in it. */
  readonly error: unknown;
}

/** The result of loading a plugin's state from a store. */
export interface StoredState {
  /** The newest whole state; `undefined` if there is none. */
  readonly state: SavedState | undefined;
  /** Newer ones that are torn or corrupt. */
  readonly skipped: readonly SkippedState[];
}

/** Keeps states beyond the life of an instance. Saves of one plugin never overlap. */
export interface StateStore {
  /** Saves a state. Once the promise resolves, `load` never gives an older one. */
  save(state: SavedState): Promise<void>;
  load(plugin: string): Promise<StoredState>;
  /** Forgets every state of a plugin. */
  remove(plugin: string): Promise<void>;
}

/** Makes a store that lasts as long as the process. */
export function createMemoryStore(): StateStore {
  const kept = new Map<string, Uint8Array>();
  return {
    async save(state) {
      kept.set(state.plugin, encodeEnvelope(state));
    },
    async load(plugin) {
      const bytes = kept.get(plugin);
      return { state: bytes && decodeEnvelope(bytes, { plugin }), skipped: [] };
    },
    async remove(plugin) {
      kept.delete(plugin);
    },
  };
}
