import { splitHead, WitText, type WitFile, type WitPackage, type WitPlace } from '@wasm-plugin/as/wit';
import type { WitEncoder } from './encoder.js';

/** What the parser complains about while it reads, before it looks names up. */
const SYNTAX = /^expected .*found |^unterminated |^unexpected |^invalid |character|^found /s;

const MOST_PLACES = 3;

/**
 * Finds where in the files a problem is. The wasm-tools that jco carries say what is wrong, not where: a syntax error is
 * found by cutting the text shorter until the parser says something else; any other by the name it speaks of.
 */
export async function locateProblem(
  reason: string,
  { wit, encoder }: { wit: WitPackage; encoder: WitEncoder },
): Promise<WitPlace[]> {
  if (!SYNTAX.test(reason)) return placesOfName(reason, wit.files);
  for (const file of wit.files) {
    const place = await placeOfSyntaxError(reason, { file, name: wit.name, encoder });
    if (place !== undefined) return [place];
  }
  return [];
}

async function placeOfSyntaxError(
  reason: string,
  { file, name, encoder }: { file: WitFile; name: string; encoder: WitEncoder },
): Promise<WitPlace | undefined> {
  const { bodyStart } = splitHead(file.text);
  const body = file.text.slice(bodyStart);
  const head = `package ${name};\n`;
  const fails = async (length: number): Promise<boolean> => {
    const answer = await encoder.encode({ wit: head + body.slice(0, length), world: undefined });
    return answer.kind !== 'encoded' && answer.reason === reason;
  };
  if (!(await fails(body.length))) return undefined;
  let [passing, failing] = [0, body.length];
  while (failing - passing > 1) {
    const middle = (passing + failing) >> 1;
    if (await fails(middle)) failing = middle;
    else passing = middle;
  }
  const start = /found (end of file|eof)/.test(reason)
    ? body.trimEnd().length
    : tokenStart(body, failing - 1, reason);
  return new WitText().add(body, file, bodyStart).placeAt(start);
}

/** Where the word or sign begins that ends at `last`. */
function tokenStart(text: string, last: number, reason: string): number {
  const word = /[\w%-]/;
  let start = last;
  if (reason.startsWith('unterminated')) return text.lastIndexOf('/*', last + 1);
  if (word.test(text[last] ?? '')) while (start > 0 && word.test(text[start - 1] as string)) start--;
  return start;
}

/** Lists where the name that a message quotes stands in the files. */
function placesOfName(reason: string, files: readonly WitFile[]): WitPlace[] {
  const quoted = [...reason.matchAll(/[`'"]([^`'"\s]+)[`'"]/g)].map((match) => match[1] as string);
  for (const name of quoted) {
    const places = files.flatMap((file) => placesIn(file, name));
    if (places.length > 0) return places.slice(0, MOST_PLACES);
  }
  return [];
}

function placesIn(file: WitFile, name: string): WitPlace[] {
  const text = file.text.replaceAll(/\/\/[^\n]*|\/\*[^]*?\*\//g, (comment) =>
    comment.replaceAll(/[^\n]/g, ' '),
  );
  const { bodyStart } = splitHead(file.text);
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = [...text.matchAll(new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`, 'g'))];
  return found
    .filter((match) => match.index >= bodyStart)
    .flatMap((match) => new WitText().add(file.text, file).placeAt(match.index) ?? []);
}
