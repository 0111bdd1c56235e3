import {
  docsOf,
  lexWit,
  placeIn,
  placeText,
  WitError,
  type WitPackage,
  type WitPlace,
  type WitToken,
} from '../wit/index.js';
import { decodeWorld } from './decode-world.js';
import { encodeWorld } from './encode-world.js';
import type { WitWorld } from './model.js';

/**
 * Reads a world of a WIT package.
 * @throws {WitError} the text is not valid WIT, has no such world, or has a type that cannot be bound: with file and line
 */
export async function readWorld(wit: WitPackage, world: string): Promise<WitWorld> {
  const bytes = await encodeWorld({ wit, world });
  try {
    return { ...decodeWorld(bytes), docs: docsFor(wit, world) };
  } catch (error) {
    throw refusal(error as Error, { wit, world });
  }
}

/** The doc comments of the package; those of a world's own items are by their names in a decoded world. */
function docsFor({ name, text }: WitPackage, world: string): Map<string, string> {
  const all = docsOf(text.text);
  const docs = new Map(all);
  const [path, version] = name.split('@');
  const plain = world.replaceAll('%', '');
  const own = plain.includes('/') ? plain : `${path}/${plain}${version === undefined ? '' : `@${version}`}`;
  for (const [key, doc] of all) {
    if (!key.startsWith(`${own}#`)) continue;
    for (const root of ['$root', '']) docs.set(`${root}${key.slice(own.length)}`, doc);
  }
  return docs;
}

/** Refusals, each with the word of WIT that it is about. */
const FEATURES: readonly [RegExp, string][] = [
  [/fixed length/, 'list'],
  [/flags of more/, 'flags'],
];

const REASONS: Record<string, string> = {
  list: 'a list of fixed length is not supported',
  flags: 'flags of more than 32 names are not supported',
};

/** Words that a refusal names, which WIT has for nothing else. */
const WORD = /\b(error-context|stream|future|async)\b/;

function refusal(error: Error, { wit, world }: { wit: WitPackage; world: string }): Error {
  const feature = FEATURES.find(([said]) => said.test(error.message))?.[1] ?? WORD.exec(error.message)?.[1];
  const place = feature === undefined ? undefined : placeOf(feature, wit);
  if (place === undefined) return error;
  const reason = REASONS[feature as string] ?? `"${feature}" is not supported`;
  return new WitError(`Cannot bind the world "${world}": ${placeText(place)}: ${reason}`, undefined, {
    places: [place],
  });
}

function placeOf(feature: string, { files }: WitPackage): WitPlace | undefined {
  for (const file of files) {
    const tokens = lexWit(file.text);
    const found = tokens.find((token, at) => token.text === feature && isFeature(tokens, at));
    if (found !== undefined) return placeIn(file, found.start);
  }
  return undefined;
}

/** A word may be a name of the author's own too: a type stands behind a sign, and `async` before `func`. */
function isFeature(tokens: readonly WitToken[], at: number): boolean {
  const [before, word, after] = [at - 1, at, at + 1].map((index) => tokens[index]?.text);
  if (word === 'async') return after === 'func' || before === ':';
  if (word === 'flags') return namesIn(tokens, at) > 32;
  if (word === 'list') return after === '<' && hasLength(tokens, at + 1);
  return after !== ':' && [':', '<', ',', '(', '->', '='].includes(before ?? '');
}

/** Counts the names in the braces behind `flags x`. */
function namesIn(tokens: readonly WitToken[], at: number): number {
  const end = tokens.findIndex(({ text }, index) => index > at && text === '}');
  return tokens.slice(at + 3, end).filter(({ text }) => text !== ',').length;
}

/** `<T, 4>`: at the depth of the brackets themselves there is a comma. */
function hasLength(tokens: readonly WitToken[], open: number): boolean {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const text = tokens[at]?.text;
    if (text === '<') depth++;
    if (text === '>' && --depth === 0) return false;
    if (text === ',' && depth === 1) return true;
  }
  return false;
}
