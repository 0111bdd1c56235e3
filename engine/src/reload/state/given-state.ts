import { StateError } from '@wasm-plugin/abi';
import { StepFailure } from './carry.js';
import { decodeEnvelope } from './envelope.js';
import type { SavedState } from './saved-state.js';

/** Reads a state that a host gives to a plugin. @throws {StepFailure} *carry* if it is none of that plugin's */
export function stateFrom(given: SavedState | Uint8Array, plugin: string): SavedState {
  try {
    if (given instanceof Uint8Array) return decodeEnvelope(given, { plugin, source: 'the given state' });
  } catch (error) {
    throw new StepFailure('carry', error);
  }
  if (given.plugin === plugin) return given;
  const message = `Cannot take the given state: it is that of "${given.plugin}"`;
  throw new StepFailure('carry', new StateError(message, { plugin }));
}
