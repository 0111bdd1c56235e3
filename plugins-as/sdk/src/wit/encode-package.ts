import { askWasmTools } from '../tools/index.js';
import { lexWit, nameOf } from './lex-wit.js';
import { locateProblem, type Problem } from './locate-problem.js';
import { exportNames, interfaceFrom, mergeEncoded } from './merge-encoded.js';
import type { WitPackage } from './read-wit.js';
import { WitError } from './wit-error.js';
import { placeText } from './wit-text.js';

type Features = readonly string[] | 'all';

/** Options of `encodePackage`. */
export interface EncodePackageOptions {
  /** @default every world */
  world?: string | undefined;
  /** Features whose gated items are included. @default none */
  features?: Features;
}

/** A package as the component model's tools write it. */
export interface EncodedPackage {
  worlds: string[];
  /** The interfaces of a package that has no world; empty for another. */
  interfaces: string[];
  bytes: Uint8Array;
}

/**
 * Encodes the worlds of a WIT package: all of them, or one. Of a package that has none, its interfaces.
 * @param options.features - those whose items, `@unstable(feature = name)`, are taken; the others are left out
 * @throws {WitError} the text is not valid WIT, or has no such world
 */
export async function encodePackage(
  wit: WitPackage,
  { world, features = [] }: EncodePackageOptions = {},
): Promise<EncodedPackage> {
  const first = await askWasmTools({ kind: 'encode', wit: wit.text.text, world, features });
  if (first.kind === 'done') return { worlds: exportNames(first.bytes), interfaces: [], bytes: first.bytes };
  if (world !== undefined && /^World `[^`]*` not found/.test(first.reason)) throw unknownWorld(world, wit);
  if (world === undefined && /contains no worlds/.test(first.reason)) return encodeInterfaces(wit, features);
  const all = world === undefined ? worldsToChoose(first.reason) : [];
  if (all.length === 0) throw await refusal(first, wit);
  const parts: Uint8Array[] = [];
  for (const name of all) parts.push(await encode(wit, { text: wit.text.text, world: name, features }));
  return { worlds: all, interfaces: [], bytes: mergeEncoded(parts) };
}

/** Each is encoded as the import of a world of its own, which is then made the interface. */
async function encodeInterfaces(wit: WitPackage, features: Features): Promise<EncodedPackage> {
  const { text } = wit.text;
  const taken = new Set(lexWit(text).map(nameOf));
  const parts: Uint8Array[] = [];
  for (const name of wit.interfaces) {
    let world = `world-of-${name}`;
    while (taken.has(world)) world += '-x';
    const holder = await encode(wit, {
      text: `${text}\nworld ${world} { import %${name}; }\n`,
      world,
      features,
    });
    parts.push(interfaceFrom(holder, { name, world, packageName: wit.name }));
  }
  if (parts.length > 0) return { worlds: [], interfaces: wit.interfaces, bytes: mergeEncoded(parts) };
  throw new WitError(
    `Cannot encode "${wit.name}": the package has no world and no interface`,
    'A host declares its ABI as a world: "world name { import …; export …; }"',
  );
}

async function encode(
  wit: WitPackage,
  { text, world, features }: { text: string; world: string; features: Features },
): Promise<Uint8Array> {
  const answer = await askWasmTools({ kind: 'encode', wit: text, world, features });
  if (answer.kind !== 'done') throw await refusal(answer, wit);
  return answer.bytes;
}

/** Lists the worlds of a package with several, which wasm-tools names in its refusal. */
function worldsToChoose(reason: string): string[] {
  if (!reason.startsWith('There are multiple worlds in')) return [];
  return [...reason.matchAll(/^\s+\S*\/([a-z0-9-]+)(?:@\S+)?$/gim)].map((match) => match[1] as string);
}

function unknownWorld(world: string, { name, worlds }: WitPackage): WitError {
  const has = worlds.length === 0 ? 'none' : worlds.map((each) => `"${each}"`).join(', ');
  return new WitError(`Cannot encode "${name}": it has no world "${world}"`, `Its worlds: ${has}`);
}

async function refusal(problem: Problem, wit: WitPackage): Promise<WitError> {
  const places = await locateProblem(problem, wit);
  const reason =
    problem.kind === 'panic' ? `wasm-tools breaks off: ${problem.reason}` : fileNames(problem.reason, wit);
  return new WitError(
    `Cannot encode "${wit.name}": ${places.map(placeText).join(', ')}: ${reason}`,
    undefined,
    {
      places,
    },
  );
}

/** Writes names as the files have them. */
function fileNames(reason: string, { renamed }: WitPackage): string {
  let text = reason;
  for (const [name, original] of renamed) text = text.replaceAll(name, original);
  return text;
}
