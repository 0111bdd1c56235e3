import { encodePackage, WitError, type EncodedPackage, type WitPackage } from '@wasm-plugin/as/wit';
import { CliError } from '../cli-error.js';
import type { Features } from './gates.js';

/**
 * Encodes the worlds of a WIT package, all of them or one, with the items behind the given features.
 * @throws {CliError} the text is not valid WIT, or has no such world
 */
export async function encodeWit(
  wit: WitPackage,
  options: { world: string | undefined; features: Features },
): Promise<EncodedPackage> {
  try {
    return await encodePackage(wit, options);
  } catch (error) {
    if (!(error instanceof WitError)) throw error;
    throw new CliError(error.withPicture, { hint: error.hint, code: 'WP_ABI_WORLD' });
  }
}
