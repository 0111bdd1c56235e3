import type { CachedWatEncoder, Directive, EncodedText, ModuleSource } from '../../wast/index.js';

/** The bytes of every module and component of a script, or why there are none. */
export type ModuleBytes = (source: ModuleSource) => EncodedText;

/** Encodes the texts of a script at one go. */
export async function encodeModules(
  directives: readonly Directive[],
  encoder: CachedWatEncoder,
): Promise<ModuleBytes> {
  const sources = directives.flatMap((directive) => ('source' in directive ? [directive.source] : []));
  const texts = sources.flatMap((source) => source.text ?? []);
  const encoded = await encoder.encode(texts);
  const byText = new Map(texts.map((text, index) => [text, encoded[index] as EncodedText]));
  return (source) => {
    if (source.bytes !== undefined) return { bytes: source.bytes };
    if (source.text === undefined) return { refusal: 'malformed UTF-8 encoding' };
    return byText.get(source.text) ?? { refusal: 'not encoded' };
  };
}
