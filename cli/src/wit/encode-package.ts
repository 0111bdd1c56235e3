import type { WitPackage } from '@wasm-plugin/as/wit';
import { CliError } from '../cli-error.js';
import { WitEncoder } from './encoder.js';
import { locateProblem } from './locate-problem.js';
import { mergeWorlds } from './merge-worlds.js';
import { worldNames } from './world-names.js';

/** A package of worlds as the component model's tools write them. */
export interface EncodedPackage {
  worlds: string[];
  bytes: Uint8Array;
}

/**
 * Encodes the worlds of a WIT package: all of them, or one.
 * @throws {CliError} the text is not valid WIT, or has no such world
 */
export async function encodePackage(wit: WitPackage, world?: string): Promise<EncodedPackage> {
  const encoder = new WitEncoder();
  try {
    const first = await encoder.encode({ wit: wit.text.text, world });
    if (first.kind === 'encoded') return { worlds: worldNames(first.bytes), bytes: first.bytes };
    const all = world === undefined ? worldsToChoose(first.reason) : [];
    if (all.length === 0) throw await refusal(first.reason, { wit, encoder });
    const parts: Uint8Array[] = [];
    for (const name of all) {
      const part = await encoder.encode({ wit: wit.text.text, world: name });
      if (part.kind !== 'encoded') throw await refusal(part.reason, { wit, encoder });
      parts.push(part.bytes);
    }
    return { worlds: all, bytes: mergeWorlds(parts) };
  } finally {
    await encoder.close();
  }
}

/** Where a package has several worlds, wasm-tools names them and wants one chosen. */
function worldsToChoose(reason: string): string[] {
  if (!reason.startsWith('There are multiple worlds in')) return [];
  return [...reason.matchAll(/^\s+\S*\/([a-z0-9-]+)(?:@\S+)?$/gim)].map((match) => match[1] as string);
}

async function refusal(
  reason: string,
  { wit, encoder }: { wit: WitPackage; encoder: WitEncoder },
): Promise<CliError> {
  if (/contains no worlds/.test(reason)) {
    return new CliError(`Cannot encode "${wit.name}": the package has no world`, {
      hint: 'A host declares its ABI as a world: "world name { import …; export …; }"',
    });
  }
  const where = (await locateProblem(reason, { wit, encoder }))
    .map(({ file, line, column }) => `${file}:${line}:${column}`)
    .join(', ');
  return new CliError(`Cannot encode "${wit.name}": ${where}${where === '' ? '' : ': '}${reason}`, {
    code: 'WP_ABI_WORLD',
  });
}
