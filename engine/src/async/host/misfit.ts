import { TrapError } from '@wasm-plugin/abi';
import { reasonOf, type CopyType } from '../../canonical/index.js';

/** Returns the error for a stream or future of the host of which something does not fit, or which fails where it may not. */
export function misfit({ kind }: CopyType, error: unknown): TrapError {
  const reason = `a ${kind} of the host: ${reasonOf(error)}`;
  return new TrapError('WP_TRAP_HOST', `Cannot go on with the instance: ${reason}`, { cause: error, reason });
}

/**
 * Does something with a value of the host.
 * @throws {TrapError} WP_TRAP_HOST if it does not fit
 */
export function fitting<Result>(type: CopyType, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof TypeError ? misfit(type, error) : error;
  }
}
