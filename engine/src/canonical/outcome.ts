import { PluginError, TrapError } from '@wasm-plugin/abi';
import type { LiftSpec, LowerSpec } from './function.js';
import { ENDED } from './lock.js';
import type { RootState } from './root-state.js';
import { explainParams, explainResult } from './values/index.js';
import { promiseIn } from './promise-results.js';
import { reasonOf, trapErrorFrom } from './trap-error-from.js';
import { BadValue, uncatchable } from './traps.js';

/**
 * Ends a lifted call that threw, and gives the error to throw. Before the core function ran, an error of the caller's own
 * leaves the instance usable; anything else kills it.
 */
export function failedLift(spec: LiftSpec, error: unknown, ran: boolean, args: readonly unknown[]): unknown {
  const { instance, side } = spec.context;
  // The guest has run if its realloc threw: that may be any error, such as an overflow of the stack.
  const inRealloc = !instance.mayLeave;
  if (ran || inRealloc || side === 'component' || isGuestFault(error) || instance.lock === ENDED) {
    const place = ran && error instanceof BadValue;
    return instance.fail(place ? error.at(`the result of "${spec.name}"`, instance.root.plugin) : error);
  }
  instance.abandon();
  if (!(error instanceof TypeError)) return error;
  return new TypeError(explainParams(spec.name, spec.type.params, args, error.message), { cause: error });
}

function isGuestFault(error: unknown): boolean {
  return (
    PluginError.is(error) ||
    error instanceof WebAssembly.RuntimeError ||
    error instanceof WebAssembly.Exception
  );
}

/** The progress of a lowered call that failed. */
export interface FailedLower {
  /** True if the host, or the other component, has returned. */
  returned: boolean;
  /** The returned value. */
  value: unknown;
  /** The parameter that was lifted last. */
  param?: number | undefined;
}

/**
 * Ends a lowered call that threw, and returns an exception that passes through the guest unseen. The caller has locked the
 * instance for good: if making the exception fails too, as at the end of the stack, the guest may catch that, in vain; the
 * original error is kept for the host.
 */
export function failedLower(spec: LowerSpec, error: unknown, how: FailedLower): unknown {
  try {
    return uncatchableFrom(spec, error, how);
  } catch (failure) {
    // A proxy that throws at each look, for one.
    if (!(failure instanceof RangeError))
      return uncatchable(hostTrap(spec, 'something that cannot be shown', error));
    spec.context.instance.root.lost ??= failure;
    throw failure;
  }
}

function uncatchableFrom(spec: LowerSpec, error: unknown, how: FailedLower): WebAssembly.RuntimeError {
  const { returned, value } = how;
  const { instance } = spec.context;
  const { plugin } = instance.root;
  if (returned) instance.takeBack();
  if (instance.refused !== undefined) return uncatchable(instance.refused.error);
  if (!returned && error instanceof BadValue) {
    const param = spec.type.params[how.param ?? -1];
    const place = param === undefined ? 'a parameter' : `the parameter "${param.name}"`;
    return uncatchable(error.at(`${place} of "${spec.name}"`, plugin));
  }
  if (PluginError.is(error) && !error.instanceUsable) return uncatchable(error);
  const inRealloc = !instance.mayLeave;
  if (inRealloc) return uncatchable(trapErrorFrom(error, plugin));
  if (returned && error instanceof TypeError) {
    promiseIn(value)?.catch(() => undefined);
    return uncatchable(
      new TrapError('WP_TRAP_HOST', explainResult(spec.name, spec.type, value), { plugin, cause: error }),
    );
  }
  return uncatchable(hostTrap(spec, reasonOf(error), error));
}

function hostTrap(spec: LowerSpec, reason: string, cause: unknown): TrapError {
  const { plugin } = spec.context.instance.root;
  const thrown = `the host import "${spec.name}" threw: ${reason}`;
  return new TrapError('WP_TRAP_HOST', `Cannot finish the call: ${thrown}`, {
    plugin,
    cause,
    reason: thrown,
  });
}

/** Returns an exception that passes through the guest unseen, for a built-in that threw. Like `failedLower` otherwise. */
export function failedBuiltin(root: RootState, error: unknown): unknown {
  try {
    return uncatchable(trapErrorFrom(error, root.plugin));
  } catch (failure) {
    root.lost ??= failure;
    throw failure;
  }
}

/**
 * Returns the error case of a host function that returns a `result`, from the thrown value: the payload of an error that carries one, or the thrown
 * value itself when it is no `Error`. Any other error is the host's own failure, and is thrown on.
 */
export function errorPayload(error: unknown): unknown {
  if (typeof error === 'object' && error !== null && Object.hasOwn(error, 'payload')) {
    return (error as { payload: unknown }).payload;
  }
  if (error instanceof Error) throw error;
  return error;
}
