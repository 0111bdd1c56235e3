import { PluginError, type CarrierInstance } from '@wasm-plugin/abi';
import { sleep, type Clock } from '../../reload/index.js';

/** Bounds of one call. */
export interface WithinOptions {
  readonly instance: CarrierInstance;
  /** The time that the call may take. */
  readonly ms: number;
  readonly clock: Clock;
  /** Words for a message: `stop`. */
  readonly what: string;
  readonly plugin: string;
}

/**
 * Makes a call that may take so long. On the thread of the host a limit of the instance ends it, where the instance was made to
 * hold `timeMs`; a call that gives a promise is no longer waited for.
 * @throws {QuotaError} WP_QUOTA_TIME, WP_QUOTA_WALL: the instance is dead
 * @throws {PluginError} WP_LIFECYCLE where the promise did not settle in time
 */
export async function within(call: () => unknown, options: WithinOptions): Promise<unknown> {
  const { instance, ms, clock, what, plugin } = options;
  const isHeld = limit(instance, ms);
  let result: unknown;
  try {
    result = call();
  } finally {
    if (isHeld) instance.limitCalls?.();
  }
  if (!isPromise(result)) return result;
  const late = sleep(clock, ms).then(() => {
    const message = `Cannot wait for "${what}" of "${plugin}" any longer: it had ${ms} ms`;
    throw new PluginError('WP_LIFECYCLE', message, { plugin });
  });
  return await Promise.race([result, late]);
}

/** Returns whether the instance holds the time of the next calls. */
function limit(instance: CarrierInstance, ms: number): boolean {
  try {
    instance.limitCalls?.({ timeMs: ms });
    return instance.limitCalls !== undefined;
  } catch (error) {
    // It was not made to: nothing on this thread can interrupt it.
    if (PluginError.is(error) && error.code === 'WP_LIMITS') return false;
    throw error;
  }
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
