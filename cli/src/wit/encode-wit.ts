import { encodePackage, WitError, type EncodedPackage, type WitPackage } from '@wasm-plugin/as/wit';
import { CliError } from '../cli-error.js';

/**
 * Encodes the worlds of a WIT package: all of them, or one.
 * @throws {CliError} the text is not valid WIT, or has no such world
 */
export async function encodeWit(wit: WitPackage, world: string | undefined): Promise<EncodedPackage> {
  try {
    return await encodePackage(wit, world);
  } catch (error) {
    if (!(error instanceof WitError)) throw error;
    throw new CliError(error.message, { hint: error.hint, code: 'WP_ABI_WORLD' });
  }
}
