import { ByteReader } from '../binary/index.js';
import type { SourcePlace } from './source-place.js';
import type { TraceBudget } from './trace-budget.js';

/** Larger maps, or addresses, are not looked into. */
const MOST_LENGTH = 4 * 2 ** 20;
/** Characters scanned in the time of a step, and the steps of a value of JSON. */
const CHARS_A_STEP = 8;
const STEPS_A_VALUE = 8;

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The value of each digit by its character code; -1 for other characters. */
const VALUES = Int8Array.from({ length: 128 }, (_, code) => DIGITS.indexOf(String.fromCharCode(code)));
const [COMMA, SEMICOLON, QUOTE, BACKSLASH] = [0x2c, 0x3b, 0x22, 0x5c];
/** Characters before a value of JSON, except for the first: `,`, `:`, `[`, `{`. */
const BEFORE_VALUES = new Set([COMMA, 0x3a, 0x5b, 0x7b]);

/** Returns the text of a source map by the address that a module names; `undefined` if there is none. */
export type SourceMapOf = (url: string) => string | undefined;

/** The custom section that names the address of a source map, and the other inputs needed to read the map. */
export interface SourceMapPlace {
  readonly section: Uint8Array;
  readonly sourceMapOf: SourceMapOf | undefined;
  readonly budget: TraceBudget;
}

/**
 * Finds the source of instructions by their byte offsets in a source map (ECMA-426): one line of mappings, whose columns are
 * byte offsets. A map inside the address itself is read as it is; any other is asked of the host, since an address that a
 * guest chose is not to be followed. A map that is malformed, larger than 4 MiB, or costs more than the budget has left
 * tells nothing.
 */
export function findInSourceMap(
  { section, sourceMapOf, budget }: SourceMapPlace,
  offsets: readonly number[],
): ReadonlyMap<number, SourcePlace> {
  const places = new Map<number, SourcePlace>();
  try {
    const url = urlFrom(section);
    if (url === undefined) return places;
    budget.spend(Math.ceil(url.length / CHARS_A_STEP));
    const text = inlineText(url) ?? sourceMapOf?.(url);
    if (typeof text !== 'string' || text.length > MOST_LENGTH) return places;
    spendOnValues(text, budget);
    const { sources, sourceRoot, mappings } = JSON.parse(text) as SourceMap;
    if (!Array.isArray(sources) || typeof mappings !== 'string') return places;
    const root = typeof sourceRoot === 'string' ? sourceRoot : '';
    for (const [offset, { source, line, column }] of findSegments(mappings, offsets, budget)) {
      const file: unknown = sources[source];
      if (typeof file === 'string' && line >= 0)
        places.set(offset, { file: root + file, line: line + 1, column: column + 1 });
    }
  } catch {
    return places;
  }
  return places;
}

interface SourceMap {
  sources?: unknown;
  sourceRoot?: unknown;
  mappings?: unknown;
}

interface Segment {
  source: number;
  line: number;
  column: number;
}

/** Reads the address: its length in bytes, and its text. */
function urlFrom(section: Uint8Array): string | undefined {
  if (section.length > MOST_LENGTH) return undefined;
  const reader = new ByteReader(section);
  return new TextDecoder().decode(reader.take(reader.u32()));
}

function inlineText(url: string): string | undefined {
  const [head, body] = [url.slice(0, url.indexOf(',')), url.slice(url.indexOf(',') + 1)];
  if (!head.startsWith('data:')) return undefined;
  if (!head.endsWith(';base64')) return decodeURIComponent(body);
  return new TextDecoder().decode(Uint8Array.from(atob(body), (char) => char.charCodeAt(0)));
}

/** Spends the cost of parsing a text of JSON: values cost far more than the characters of long texts do. */
function spendOnValues(text: string, budget: TraceBudget): void {
  budget.spend(Math.ceil(text.length / CHARS_A_STEP));
  let values = 1;
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) isText = !isText;
    else if (isText) at += code === BACKSLASH ? 1 : 0;
    else if (BEFORE_VALUES.has(code)) values++;
  }
  budget.spend(values * STEPS_A_VALUE);
}

/**
 * Finds, for each offset, the last segment that does not start behind it; a segment without a source ends the one before. Runs
 * over the mappings once.
 */
function findSegments(
  mappings: string,
  offsets: readonly number[],
  budget: TraceBudget,
): ReadonlyMap<number, Segment> {
  const wanted = offsets.toSorted((a, b) => a - b);
  const found = new Map<number, Segment>();
  const fields = [0, 0, 0, 0];
  let next = 0;
  let segment: Segment | undefined;
  let count = 0;
  let value = 0;
  let shift = 0;
  const settle = (until: number): void => {
    for (; next < wanted.length && (wanted[next] as number) < until; next++) {
      if (segment !== undefined) found.set(wanted[next] as number, segment);
    }
  };
  budget.spend(Math.ceil(mappings.length / CHARS_A_STEP));
  for (let at = 0; at <= mappings.length && next < wanted.length; at++) {
    const code = at < mappings.length ? mappings.charCodeAt(at) : SEMICOLON;
    if (code !== COMMA && code !== SEMICOLON) {
      const digit = VALUES[code] ?? -1;
      value |= (digit & 31) << shift;
      shift += 5;
      if ((digit & 32) !== 0) continue;
      if (count < fields.length) fields[count] = (fields[count] as number) + signed(value);
      count++;
      value = shift = 0;
      continue;
    }
    const [offset = 0, source = 0, line = 0, column = 0] = fields;
    if (count > 0) {
      settle(offset);
      segment = count >= 4 ? { source, line, column } : undefined;
    }
    count = 0;
    if (code === SEMICOLON) break;
  }
  settle(Infinity);
  return found;
}

function signed(value: number): number {
  return (value & 1) === 1 ? -(value >>> 1) : value >>> 1;
}
