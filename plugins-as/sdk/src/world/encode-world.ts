import { componentEmbed } from '@bytecodealliance/jco-transpile/wasm-tools';

/** What `encodeWorld` encodes. */
export interface EncodeWorldOptions {
  /** The text of a WIT package, as in what `readWit` gives. */
  wit: string;
  /** The name of a world in it. */
  world: string;
}

/**
 * Encodes a world of a WIT package as the component model's tools do: a component whose one export is the type of
 * the world. The same text gives the same bytes.
 *
 * @throws {Error} the text is not valid WIT, or has no such world
 */
export async function encodeWorld({ wit, world }: EncodeWorldOptions): Promise<Uint8Array> {
  const module = await componentEmbed({ dummy: true, witSource: wit, world }).catch((error: Error) => {
    throw new Error(`Cannot encode the world "${world}": ${error.message}`, { cause: error });
  });
  const [section] = WebAssembly.Module.customSections(
    await WebAssembly.compile(module as BufferSource),
    'component-type',
  );
  if (section === undefined) throw new Error(`Cannot encode the world "${world}": the tool wrote no type`);
  return new Uint8Array(section);
}
