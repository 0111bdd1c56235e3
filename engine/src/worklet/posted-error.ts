import { errorFrom, sentErrorFrom } from '../isolated/index.js';
import { PluginError, type GuestFrame } from '@wasm-plugin/abi';
import type { PostedError } from './messages.js';

/** Takes an error apart, with the stack of its innermost cause. */
export function postedErrorFrom(error: unknown): PostedError {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  return { ...sentErrorFrom(error), stack: cause instanceof Error ? String(cause.stack) : '' };
}

/** Puts an error together again, with the guest's functions that `traceOf` finds in its stack. */
export function errorFromPosted(
  { stack, ...sent }: PostedError,
  traceOf: (stack: string) => readonly GuestFrame[],
): Error {
  const error = errorFrom(sent);
  return PluginError.is(error) ? error.locate(traceOf(stack)) : error;
}
