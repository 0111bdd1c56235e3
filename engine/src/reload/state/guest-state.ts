import { PluginError, StateError, type CallLimits, type CarrierInstance } from '@wasm-plugin/abi';
import { refuseLargeState } from '../../runtime/index.js';
import { findInterface, type Interface } from '../calls/index.js';
import type { SavedState } from './saved-state.js';
import { orElse, whenDone, type Eventual } from '../eventual.js';

const STATE = 'wasm-plugin:abi/state';
const LIFECYCLE = 'wasm-plugin:abi/lifecycle';

/** Budget for a state that moves. */
export interface StateBudget {
  /** Size of the state. The limit `stateBytes` of the plugin holds beside it. @default no other */
  readonly stateBytes?: number;
  /** Limits of each call that saves, above or below those of the instance. @default the instance's own */
  readonly save?: CallLimits | undefined;
  /** The same for each call that restores. */
  readonly restore?: CallLimits;
}

/** The interfaces of an instance that a reload calls, and its schema once it is known. They stay as long as it lives. */
interface Guest {
  readonly state: Interface | undefined;
  readonly lifecycle: Interface | undefined;
  schema: number | undefined;
}

const guests = new WeakMap<CarrierInstance, Guest>();

function guestOf(instance: CarrierInstance): Guest {
  let guest = guests.get(instance);
  if (guest === undefined) {
    const { exports } = instance;
    const [state, lifecycle] = [STATE, LIFECYCLE].map((name) => findInterface(exports, name));
    guests.set(instance, (guest = { state, lifecycle, schema: undefined }));
  }
  return guest;
}

/** Returns whether a plugin has a state at all. */
export function hasState(instance: CarrierInstance): boolean {
  return guestOf(instance).state?.['serialize'] !== undefined;
}

/**
 * Asks for the facts that can be known before a state is restored. A failure here is ignored, as it comes again when the fact
 * is needed.
 */
export function askAhead(instance: CarrierInstance, { restore: limits }: StateBudget): Eventual<unknown> {
  if (!hasState(instance)) return undefined;
  return orElse<unknown>(
    () => schemaOf(instance, limits),
    () => undefined,
  );
}

/** Returns the number of the format that a plugin writes. An instance is asked once. */
export function schemaOf(instance: CarrierInstance, limits?: CallLimits): Eventual<number> {
  const guest = guestOf(instance);
  if (guest.schema !== undefined) return guest.schema;
  const asked = within(limits, instance, () => guest.state?.['schema']?.());
  return whenDone(asked as Eventual<number>, (schema) => (guest.schema = schema));
}

/**
 * Lets a plugin write its state down.
 *
 * State: ready; a trap or a limit makes the instance dead, a refusal or a state that is too large leaves it as it was.
 * @returns the bytes, or a promise of them if the carrier gives one
 * @throws {QuotaError} WP_QUOTA_STATE if the state is too large, WP_QUOTA_FUEL, WP_QUOTA_TIME, WP_QUOTA_WALL
 * @throws {StateError} WP_STATE if it refuses
 * @throws {PluginError} WP_LIMITS if the carrier cannot hold the budget
 */
export function serialize(
  instance: CarrierInstance,
  plugin: string,
  { stateBytes = Infinity, save }: StateBudget = {},
): Eventual<Uint8Array> {
  const call = (): unknown => guestOf(instance).state?.['serialize']?.();
  const written = refused(() => within(save, instance, call), { plugin, what: 'save the state' });
  return whenDone(written, (bytes) => {
    if (!(bytes instanceof Uint8Array)) {
      throw new StateError(`Cannot save the state of "${plugin}": it did not give bytes`, { plugin });
    }
    refuseLargeState(bytes.length, { allowed: stateBytes, plugin });
    return bytes;
  });
}

/**
 * Lets a plugin take a state over.
 *
 * State: ready; a trap or a limit makes the instance dead, a refusal leaves it as it was.
 * @throws {StateError} WP_STATE if it refuses
 * @throws {PluginError} WP_LIMITS if the carrier cannot hold the limits
 */
export function restore(
  instance: CarrierInstance,
  { plugin, payload, schema, version }: SavedState,
  limits?: CallLimits,
): unknown {
  const call = (): unknown => guestOf(instance).state?.['restore']?.(payload, schema, version);
  return refused(() => within(limits, instance, call), { plugin, what: 'restore the state' });
}

/**
 * Asks a plugin for its health.
 * @throws {PluginError} the plugin's fault
 */
export function checkHealth(instance: CarrierInstance): unknown {
  return guestOf(instance).lifecycle?.['health']?.();
}

/** Makes a call under limits of its own. One that gives a promise is under them to its end. */
function within(limits: CallLimits | undefined, instance: CarrierInstance, call: () => unknown): unknown {
  if (limits === undefined) return call();
  if (instance.limitCalls === undefined) {
    const names = Object.keys(limits).join(', ');
    const reason = `its carrier cannot hold ${names} for single calls`;
    throw new PluginError('WP_LIMITS', `Cannot hold the plugin to a budget: ${reason}`);
  }
  instance.limitCalls(limits);
  try {
    return call();
  } finally {
    instance.limitCalls();
  }
}

/** Turns the error case of a call into an error of the state. */
function refused(call: () => unknown, { plugin, what }: { plugin: string; what: string }): unknown {
  return orElse(call, (error) => {
    if (!PluginError.is(error) || error.code !== 'WP_GUEST') throw error;
    const message = `Cannot ${what} of "${plugin}": it refused: ${error.message}`;
    throw new StateError(message, { plugin, cause: error });
  });
}
