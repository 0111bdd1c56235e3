import { abiTrap } from '../canonical/index.js';
import type { PluginError } from '@wasm-plugin/abi';
import type { AsyncInstance } from './async-instance.js';

/**
 * Returns the error for a guest that would have to wait in the middle of its code. A function that is not async may not, by the
 * rules of the component model; in any other one this engine cannot have it wait yet.
 */
export function mustBlock({ current }: AsyncInstance, what: string): PluginError {
  if (current === undefined) return abiTrap('cannot block a synchronous task before returning');
  return abiTrap(
    `${what} would have to wait on the stack of the guest, which is not supported: use its async form and a callback`,
  );
}
