import assert from 'node:assert/strict';
import { PluginError } from '@wasm-plugin/abi';

/**
 * Returns the error of a call.
 * @throws if the call succeeds
 */
export async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return assert.fail('the call threw nothing');
}

/** Returns the error of wasm-plugin that a call throws. @throws where it throws another one, or nothing */
export async function pluginErrorOf(call: () => unknown): Promise<PluginError> {
  const error = await thrownBy(call);
  if (PluginError.is(error)) return error;
  throw error;
}
