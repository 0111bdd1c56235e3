import { PluginError } from '@wasm-plugin/abi';
import type { NodePluginHost } from '@wasm-plugin/engine/host';
import { functionOf } from '../run/index.js';
import type { FuzzCall } from './fuzz-call.js';

/** The call of a sequence that failed. */
export interface FailedCall {
  /** Its place in the sequence. */
  index: number;
  /** A code of wasm-plugin. */
  code: string;
  message: string;
}

/**
 * Makes calls on an instance that has just been started. A call fails if it ends the instance: by a trap, a limit, or a
 * result that is not of its type. The error case of a `result` is an answer like any other.
 */
export async function runCalls(
  calls: readonly FuzzCall[],
  { host, name }: { host: NodePluginHost; name: string },
): Promise<FailedCall | undefined> {
  const instance = await host.instantiate(name);
  try {
    for (const [index, call] of calls.entries()) {
      try {
        make(call, instance);
      } catch (error) {
        if (!PluginError.is(error)) throw error;
        if (!error.instanceUsable) return { index, code: error.code, message: error.message };
      }
    }
    return undefined;
  } finally {
    instance.close();
  }
}

function make({ func, args }: FuzzCall, instance: Parameters<typeof functionOf>[0]): unknown {
  const values = args.map((argument) =>
    'made' in argument ? make(argument.made, instance) : argument.value,
  );
  return functionOf(instance, func)(...values);
}
