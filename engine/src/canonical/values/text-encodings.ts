import type { StringEncoding } from '../context.js';
import { readAscii, SHORT_TEXT } from './read-ascii.js';
import { badValue } from '../traps.js';

/** The encoding of one string: `latin1+utf16` is one of two. */
export type TextEncoding = 'utf8' | 'utf16' | 'latin1';

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf16Decoder = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });

/** Returns whether a canonical option is the name of an encoding. */
export function isStringEncoding(kind: string): kind is StringEncoding {
  return kind === 'utf8' || kind === 'utf16' || kind === 'latin1+utf16';
}

/**
 * Reads a text of a guest.
 * @throws {TrapError} WP_TRAP_ABI the bytes are no text in that encoding
 */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding, start: number, end: number): string {
  if (encoding === 'utf8') return decodeUtf8(bytes, start, end);
  if (encoding === 'latin1') return decodeLatin1(bytes, start, end);
  try {
    return utf16Decoder.decode(bytes.subarray(start, end));
  } catch {
    throw badValue('unpaired surrogate in utf-16 string');
  }
}

/**
 * Reads UTF-8.
 * @throws {TrapError} WP_TRAP_ABI the bytes are not UTF-8
 */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= SHORT_TEXT) {
    let high = 0;
    for (let at = start; at < end; at++) high |= bytes[at] as number;
    if (high < 0x80) return readAscii(bytes, start, end);
  }
  try {
    return utf8Decoder.decode(bytes.subarray(start, end));
  } catch {
    throw badValue(
      incompleteAtEnd(bytes, start, end) ? 'incomplete utf-8 byte sequence' : 'invalid utf-8 encoding',
    );
  }
}

function incompleteAtEnd(bytes: Uint8Array, start: number, end: number): boolean {
  for (let back = 1; back <= 3 && end - back >= start; back++) {
    const byte = bytes[end - back] as number;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2);
    if (byte < 0x80) return false;
  }
  return false;
}

/** Most characters that one call of `String.fromCharCode` is given. */
const CHUNK = 4096;

function decodeLatin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += CHUNK) {
    const chunk = bytes.subarray(at, Math.min(at + CHUNK, end));
    text += String.fromCharCode.apply(null, chunk as unknown as number[]);
  }
  return text;
}

/** Returns the number of characters at the start of a text that are Latin-1. */
export function latin1Prefix(text: string): number {
  const { length } = text;
  let index = 0;
  while (index < length && text.charCodeAt(index) < 0x100) index++;
  return index;
}

/** Writes the first `count` code units of a text, one byte each. */
export function writeLatin1(bytes: Uint8Array, text: string, pointer: number, count = text.length): void {
  for (let index = 0; index < count; index++) bytes[pointer + index] = text.charCodeAt(index);
}

/** Writes the code units of a text to an even `pointer`, a byte address. */
export function writeUtf16(units: Uint16Array, text: string, pointer: number): void {
  const { length } = text;
  const start = pointer >>> 1;
  for (let index = 0; index < length; index++) units[start + index] = text.charCodeAt(index);
}
