import { PluginError, QuotaError, TrapError } from '@wasm-plugin/abi';

/** Makes the host's error from any exception that left the guest; `lastWords` returns the guest's message before it trapped. */
export function trapErrorFrom(
  error: unknown,
  plugin: string | undefined,
  lastWords?: () => string | undefined,
): PluginError {
  if (PluginError.is(error)) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  if (error instanceof WebAssembly.RuntimeError && PluginError.is(cause)) return cause;
  const reason = reasonOf(error);
  if (isOverflow(error, reason)) {
    return new QuotaError('WP_QUOTA_STACK', {
      limit: 'stackDepth',
      unit: 'count',
      allowed: Infinity,
      used: Infinity,
      plugin,
      cause: error,
      reason: 'the call stack of the JavaScript engine is used up',
    });
  }
  const said = error instanceof WebAssembly.RuntimeError ? lastWords?.() : undefined;
  const trapped = `the guest trapped: ${said ?? reason}`;
  return new TrapError('WP_TRAP', `Cannot finish the call: ${trapped}`, {
    plugin,
    cause: error,
    reason: trapped,
  });
}

/** Returns whether the stack of the JavaScript engine ended. No regular expression: it would need a stack, and throw another error. */
function isOverflow(error: unknown, reason: string): boolean {
  return error instanceof RangeError && reason.includes('call stack');
}

/** Returns the message of a thrown value. The host, or a guest, may have thrown anything, even a value that cannot be shown. */
export function reasonOf(error: unknown): string {
  try {
    if (error instanceof WebAssembly.Exception) return 'it threw an exception that nothing in it catches';
    return String(error instanceof Error ? error.message : error);
  } catch (failure) {
    // A RangeError here means the end of the stack, which is itself the reason.
    if (failure instanceof RangeError) throw failure;
    return 'something that cannot be shown';
  }
}
