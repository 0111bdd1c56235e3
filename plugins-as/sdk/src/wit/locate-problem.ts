import { askWasmTools } from '../tools/index.js';
import { lexWit, nameOf, type WitToken } from './lex-wit.js';
import type { WitPackage } from './read-wit.js';
import { placeIn, type WitPlace } from './wit-text.js';

/** Complaints of the parser while it reads, before it looks up names. */
const SYNTAX = /^expected .*found |^unterminated |^unexpected |^invalid |character|^found /s;

const MOST_PLACES = 3;

/** Complaint of wasm-tools about a text. */
export interface Problem {
  kind: 'refused' | 'panic';
  reason: string;
}

/**
 * Finds the place of a problem in the files. The wasm-tools in jco describe the problem without its place. A syntax error is at
 * the last word of the shortest beginning of the text that has it; another at the name it mentions, or else in the last item of
 * the shortest beginning, closed with braces, that has it.
 */
export async function locateProblem(problem: Problem, wit: WitPackage): Promise<WitPlace[]> {
  const isSyntax = problem.kind === 'refused' && SYNTAX.test(problem.reason);
  const named = isSyntax ? [] : placesOfName(problem.reason, wit);
  if (named.length > 0) return named;
  const offset = await (isSyntax ? offsetOfSyntaxError(problem, wit) : offsetOfItem(problem, wit));
  const place = offset === undefined ? undefined : wit.text.placeAt(offset);
  return [place ?? placeIn(wit.files[0]!, 0)];
}

async function offsetOfSyntaxError(problem: Problem, wit: WitPackage): Promise<number | undefined> {
  const { text } = wit.text;
  const tokens = lexWit(text);
  const last = tokens.at(-1);
  if (problem.reason.startsWith('unterminated')) return text.lastIndexOf('/*');
  if (last === undefined || /found (?:end of file|eof)/.test(problem.reason)) return last?.start;
  const at = await shortest(tokens.length, (count) => text.slice(0, tokens[count - 1]!.end), problem);
  return at === undefined ? undefined : tokens[at - 1]!.start;
}

async function offsetOfItem(problem: Problem, wit: WitPackage): Promise<number | undefined> {
  const { text } = wit.text;
  const ends = itemEnds(lexWit(text));
  const closed = (count: number): string => {
    const { end, depth } = ends[count - 1]!;
    return text.slice(0, end) + '}'.repeat(Math.max(depth, 0));
  };
  const at = await shortest(ends.length, closed, problem);
  return at === undefined ? undefined : ends[at - 1]!.start;
}

/** Returns the ends of items, each with its first word and the number of open braces behind it. */
function itemEnds(tokens: readonly WitToken[]): { start: number; end: number; depth: number }[] {
  const ends: { start: number; end: number; depth: number }[] = [];
  const open: number[] = [];
  let start: number | undefined;
  for (const { text, start: at, end } of tokens) {
    start ??= at;
    if (text === '{') {
      open.push(start);
      start = undefined;
    } else if (text === '}') {
      ends.push({ start: open.pop() ?? at, end, depth: open.length });
      start = undefined;
    } else if (text === ';') {
      ends.push({ start, end, depth: open.length });
      start = undefined;
    }
  }
  return ends;
}

/** Returns the least count whose text has the problem, undefined if the whole has not: by bisection, few texts are tried. */
async function shortest(
  counts: number,
  textOf: (count: number) => string,
  problem: Problem,
): Promise<number | undefined> {
  const has = async (count: number): Promise<boolean> => {
    const answer = await askWasmTools({ kind: 'encode', wit: textOf(count), world: undefined });
    return answer.kind === problem.kind && (answer.kind === 'panic' || answer.reason === problem.reason);
  };
  if (counts === 0 || !(await has(counts))) return undefined;
  let [without, having] = [0, counts];
  while (having - without > 1) {
    const middle = (without + having) >> 1;
    if (await has(middle)) having = middle;
    else without = middle;
  }
  return having;
}

/** Lists where the name that a message quotes stands in the files. */
function placesOfName(reason: string, { files, renamed }: WitPackage): WitPlace[] {
  const quoted = [...reason.matchAll(/[`'"]([^`'"\s]+)[`'"]/g)].map((match) => match[1] as string);
  for (const name of quoted) {
    const wanted = lexWit(renamed.get(name) ?? name).map((token) => nameOf(token));
    const places = files.flatMap((file) =>
      placesOfWords(lexWit(file.text), wanted).map((start) => placeIn(file, start)),
    );
    if (wanted.length > 0 && places.length > 0) return places.slice(0, MOST_PLACES);
  }
  return [];
}

function placesOfWords(tokens: readonly WitToken[], words: readonly string[]): number[] {
  const body = tokens[0]?.text === 'package' ? tokens.findIndex(({ text }) => text === ';') : 0;
  return tokens.flatMap((token, at) =>
    at >= body && words.every((word, i) => tokens[at + i] && nameOf(tokens[at + i]!) === word)
      ? [token.start]
      : [],
  );
}
