import { sectionsOf, sized, text } from './sections.js';

const CUSTOM_SECTION = 0;
const URL_SECTION = 'sourceMappingURL';
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

interface SourceMap {
  version: number;
  sources: string[];
  names: string[];
  mappings: string;
}

/**
 * Puts a source map into its module, in place of its address, so that a component at any place has it. The text of the sources
 * is left out.
 * @param folder the folder of the sources, as a trace names it
 * @param movedBytes distance of the code behind its place in the map
 */
export function embedSourceMap(
  module: Uint8Array,
  { map, folder, movedBytes }: { map: string; folder: string; movedBytes: number },
): Uint8Array<ArrayBuffer> {
  const { version, sources, names, mappings } = JSON.parse(map) as SourceMap;
  const moved = {
    version,
    sources: sources.map((source) => (source.startsWith('~lib/') ? source : `${folder}/${source}`)),
    names,
    mappings: movedMappings(mappings, movedBytes),
  };
  const json = Buffer.from(JSON.stringify(moved)).toString('base64');
  const content = Buffer.concat([text(URL_SECTION), text(`data:application/json;base64,${json}`)]);
  const name = text(URL_SECTION);
  const others = sectionsOf(module).filter(
    ({ id, content }) => id !== CUSTOM_SECTION || !content.subarray(0, name.length).equals(name),
  );
  return new Uint8Array(
    Buffer.concat([
      module.subarray(0, 8),
      ...others.map(({ bytes }) => bytes),
      Uint8Array.of(CUSTOM_SECTION),
      sized(content),
    ]),
  );
}

/** The columns of a map's only line are relative to each other: only the first says where in the module it is. */
function movedMappings(mappings: string, by: number): string {
  const [, digits = '', rest = ''] = /^([g-z0-9+/]*[A-Za-f])(.*)$/s.exec(mappings) ?? [];
  let first = 0;
  for (const [at, digit] of [...digits].entries()) first += (DIGITS.indexOf(digit) & 31) * 32 ** at;
  let text = '';
  let left = first + by * 2;
  do {
    const low = left % 32;
    left = Math.floor(left / 32);
    text += DIGITS[low + (left > 0 ? 32 : 0)];
  } while (left > 0);
  return text + rest;
}
