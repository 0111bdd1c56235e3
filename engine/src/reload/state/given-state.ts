import { StateError } from '@wasm-plugin/abi';
import { StepFailure } from './carry.js';
import { decodeEnvelope } from './envelope.js';
import type { SavedState } from './saved-state.js';

/** Reads a state that a host gives to a plugin. @throws {StepFailure} *carry* if it is none of that plugin's */
export function stateFrom(state: SavedState | Uint8Array, plugin: string): SavedState {
  try {
    if (state instanceof Uint8Array) return decodeEnvelope(state, { plugin, source: 'the given state' });
  } catch (error) {
    throw new StepFailure('carry', error);
  }
  if (state.plugin === plugin) return state;
  const message = `Cannot take the given state: it is that of "${state.plugin}"`;
  throw new StepFailure('carry', new StateError(message, { plugin }));
}
