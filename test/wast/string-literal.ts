import { WastError } from './wast-error.js';

const SIMPLE_ESCAPES: Record<string, number> = { t: 9, n: 10, r: 13, '"': 34, "'": 39, '\\': 92 };
const HEX_PAIR = /[0-9a-fA-F]{2}/y;
const UNICODE_ESCAPE = /\{([0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)\}/y;

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes the inside of a string literal, `source.slice(start, end)`, to bytes.
 *
 * @throws {WastError} for an escape that the text format does not have
 */
export function decodeStringLiteral(source: string, start: number, end: number): Uint8Array {
  if (!source.slice(start, end).includes('\\')) return utf8.encode(source.slice(start, end));
  const bytes: number[] = [];
  let position = start;
  while (position < end) {
    const escape = source.indexOf('\\', position);
    const plainEnd = escape === -1 || escape > end ? end : escape;
    if (plainEnd > position) bytes.push(...utf8.encode(source.slice(position, plainEnd)));
    if (plainEnd === end) break;
    position = decodeEscape(source, escape, bytes);
  }
  return Uint8Array.from(bytes);
}

function decodeEscape(source: string, escape: number, bytes: number[]): number {
  const at = escape + 1;
  const simple = SIMPLE_ESCAPES[source[at] ?? ''];
  if (simple !== undefined) {
    bytes.push(simple);
    return at + 1;
  }
  HEX_PAIR.lastIndex = at;
  if (HEX_PAIR.test(source)) {
    bytes.push(Number.parseInt(source.slice(at, at + 2), 16));
    return at + 2;
  }
  UNICODE_ESCAPE.lastIndex = at + 1;
  const unicode = source[at] === 'u' ? UNICODE_ESCAPE.exec(source) : null;
  const scalar = unicode === null ? Number.NaN : Number.parseInt((unicode[1] ?? '').replaceAll('_', ''), 16);
  if (!(scalar <= 0x10ffff) || (scalar >= 0xd800 && scalar <= 0xdfff)) {
    throw new WastError('invalid string escape', escape);
  }
  bytes.push(...utf8.encode(String.fromCodePoint(scalar)));
  return UNICODE_ESCAPE.lastIndex;
}

/** Decodes bytes as UTF-8; `undefined` where they are not. */
export function utf8TextOf(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}
