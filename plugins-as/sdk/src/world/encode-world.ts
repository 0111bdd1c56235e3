import { encodePackage, parseWit, type WitPackage } from '../wit/index.js';

/** Options of `encodeWorld`. */
export interface EncodeWorldOptions {
  /** The text of a WIT package, or the result of `readWit`. */
  wit: string | WitPackage;
  /** The name of a world in it. */
  world: string;
}

/**
 * Encodes a world of a WIT package as the component model's tools do: a component whose one export is the type of
 * the world. The same text gives the same bytes.
 *
 * @throws {WitError} the text is not valid WIT, or has no such world
 */
export async function encodeWorld({ wit, world }: EncodeWorldOptions): Promise<Uint8Array> {
  const { bytes } = await encodePackage(typeof wit === 'string' ? parseWit(wit) : wit, { world });
  return bytes;
}
