import type { FindSource } from './source-place.js';

/** Source maps that are larger are not looked into: a trace must not take long. */
const MOST_LENGTH = 32 * 2 ** 20;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Gives the text of a source map by the address that a module names; `undefined` where there is none. */
export type SourceMapOf = (url: string) => string | undefined;

/**
 * Reads a source map of a module (ECMA-426): one line of mappings, whose columns are byte offsets. A map inside the address
 * itself is read as it is; any other is asked of the host, since an address that a guest chose is not to be followed.
 */
export function sourceMapFrom(url: string, sourceMapOf: SourceMapOf | undefined): FindSource | undefined {
  try {
    const text = inlineText(url) ?? sourceMapOf?.(url);
    if (text === undefined || text.length > MOST_LENGTH) return undefined;
    const { sources, sourceRoot = '', mappings } = JSON.parse(text) as SourceMap;
    return (wanted) => {
      const segment = findSegment(mappings, wanted);
      const file = segment && sources[segment.source];
      if (segment === undefined || typeof file !== 'string') return undefined;
      return { file: sourceRoot + file, line: segment.line + 1, column: segment.column + 1 };
    };
  } catch {
    return undefined;
  }
}

interface SourceMap {
  sources: unknown[];
  sourceRoot?: string;
  mappings: string;
}

interface Segment {
  source: number;
  line: number;
  column: number;
}

function inlineText(url: string): string | undefined {
  const [head, body] = [url.slice(0, url.indexOf(',')), url.slice(url.indexOf(',') + 1)];
  if (!head.startsWith('data:')) return undefined;
  if (!head.endsWith(';base64')) return decodeURIComponent(body);
  return new TextDecoder().decode(Uint8Array.from(atob(body), (char) => char.charCodeAt(0)));
}

/** Finds the last segment that does not start behind `wanted`; one without a source ends what came before it. */
function findSegment(mappings: string, wanted: number): Segment | undefined {
  const fields = [0, 0, 0, 0];
  let found: Segment | undefined;
  let count = 0;
  let value = 0;
  let shift = 0;
  for (let at = 0; at <= mappings.length; at++) {
    const char = mappings[at] ?? ';';
    if (char !== ',' && char !== ';') {
      const digit = DIGITS.indexOf(char);
      value |= (digit & 31) << shift;
      shift += 5;
      if ((digit & 32) !== 0) continue;
      if (count < fields.length) fields[count] = (fields[count] as number) + signed(value);
      count++;
      value = shift = 0;
      continue;
    }
    const [offset = 0, source = 0, line = 0, column = 0] = fields;
    if (count > 0 && offset > wanted) break;
    if (count > 0) found = count >= 4 ? { source, line, column } : undefined;
    count = 0;
    if (char === ';') break;
  }
  return found;
}

function signed(value: number): number {
  return (value & 1) === 1 ? -(value >>> 1) : value >>> 1;
}
