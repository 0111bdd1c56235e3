import { PluginError, QuotaError, StateError, type CarrierInstance } from '@wasm-plugin/abi';
import { findInterface } from './find-interface.js';
import type { SavedState } from './saved-state.js';
import { whenDone } from './steps.js';

const STATE = 'wasm-plugin:abi/state';
const LIFECYCLE = 'wasm-plugin:abi/lifecycle';

/** What saving a state may use. Fuel and time are those that the instance was started with. */
export interface SaveBudget {
  /** Size of the state. @default 64 MiB */
  readonly stateBytes?: number;
  /** Time it may take, measured when it is over; to end a guest that runs on is the business of its limits. */
  readonly timeMs?: number;
  readonly now?: () => number;
}

/** Whether a plugin has a state at all. */
export function hasState({ exports }: CarrierInstance): boolean {
  return findInterface(exports, STATE)?.['serialize'] !== undefined;
}

/** Gives the number of the format that a plugin writes. The result, or a promise where the carrier gives one. */
export function schemaOf(instance: CarrierInstance): unknown {
  return findInterface(instance.exports, STATE)?.['schema']?.();
}

/**
 * Lets a plugin write its state down.
 *
 * State: ready; a trap makes the instance dead, a refusal or a state that is too large leaves it as it was.
 * @returns the bytes, or a promise of them where the carrier gives one
 * @throws {QuotaError} WP_QUOTA_STATE
 * @throws {StateError} WP_STATE where it refuses, or takes too long
 */
export function serialize(instance: CarrierInstance, plugin: string, budget: SaveBudget = {}): unknown {
  const { stateBytes = 64 * 2 ** 20, timeMs = Infinity, now = () => 0 } = budget;
  const began = now();
  const written = refused(() => findInterface(instance.exports, STATE)?.['serialize']?.(), {
    plugin,
    what: 'save the state',
  });
  return whenDone(written, (bytes) => {
    if (!(bytes instanceof Uint8Array)) {
      throw new StateError(`Cannot save the state of "${plugin}": it did not give bytes`, { plugin });
    }
    if (bytes.length > stateBytes) {
      const facts = { limit: 'stateBytes', unit: 'bytes', allowed: stateBytes, used: bytes.length } as const;
      throw new QuotaError('WP_QUOTA_STATE', { ...facts, plugin, instanceUsable: true });
    }
    const tookMs = now() - began;
    if (tookMs <= timeMs) return bytes;
    throw new StateError(
      `Cannot save the state of "${plugin}": it took ${tookMs.toFixed(1)} ms of ${timeMs} ms`,
      { plugin },
    );
  });
}

/**
 * Lets a plugin take a state over.
 *
 * State: ready; a trap makes the instance dead, a refusal leaves it as it was.
 * @throws {StateError} WP_STATE where it refuses
 */
export function restore(
  instance: CarrierInstance,
  { plugin, payload, schema, version }: SavedState,
): unknown {
  return refused(() => findInterface(instance.exports, STATE)?.['restore']?.(payload, schema, version), {
    plugin,
    what: 'restore the state',
  });
}

/** Asks a plugin whether it can do its work. @throws {PluginError} what is wrong */
export function checkHealth(instance: CarrierInstance): unknown {
  return findInterface(instance.exports, LIFECYCLE)?.['health']?.();
}

/** Turns the error case of a call into an error of the state. */
function refused(call: () => unknown, { plugin, what }: { plugin: string; what: string }): unknown {
  const explain = (error: unknown): never => {
    if (!PluginError.is(error) || error.code !== 'WP_GUEST') throw error;
    const message = `Cannot ${what} of "${plugin}": it refused: ${error.message}`;
    throw new StateError(message, { plugin, cause: error });
  };
  try {
    const result = call();
    return result instanceof Promise ? result.catch(explain) : result;
  } catch (error) {
    return explain(error);
  }
}
