import type { CanonicalContext, StringEncoding } from './context.js';
import { readAscii, SHORT_TEXT } from './read-ascii.js';
import { abiTrap } from './traps.js';

/** Longest string and list, in bytes (specification: `MAX_STRING_BYTE_LENGTH`, `MAX_LIST_BYTE_LENGTH`). */
export const MAX_BYTE_LENGTH = 2 ** 28 - 1;

const UTF16_TAG = 0x8000_0000;
const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf16Decoder = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** A string on its way between two components: how it was encoded decides how the other side allocates. */
export interface GuestString {
  text: string;
  encoding: 'utf8' | 'utf16' | 'latin1';
  /** Code units in that encoding. */
  units: number;
  /** Whether the source could have been Latin-1 and was not. */
  tagged: boolean;
}

/** Reads a string for JavaScript. `length` is as the guest gave it: code units, tagged for `latin1+utf16`. */
export function loadString(cx: CanonicalContext, pointer: number, length: number): string {
  if (cx.encoding !== 'utf8') return loadGuestString(cx, pointer, length).text;
  const { memory } = cx;
  if (memory.u8.length === 0) memory.renew();
  const bytes = memory.u8;
  const end = pointer + length;
  if (end > bytes.length) throw abiTrap('string pointer/length out of bounds of memory');
  if (length > MAX_BYTE_LENGTH) throw abiTrap('string too long');
  cx.instance.root.charge(length);
  return decodeUtf8(bytes, pointer, end);
}

function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= SHORT_TEXT) {
    let high = 0;
    for (let at = start; at < end; at++) high |= bytes[at] as number;
    if (high < 0x80) return readAscii(bytes, start, end);
  }
  try {
    return utf8Decoder.decode(bytes.subarray(start, end));
  } catch {
    throw abiTrap(
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

/** Reads a string for another component (specification: `load_string_from_range`). */
export function loadGuestString(cx: CanonicalContext, pointer: number, length: number): GuestString {
  const { memory } = cx;
  if (memory.u8.length === 0) memory.renew();
  const tagged = cx.encoding === 'latin1+utf16' && length >= UTF16_TAG;
  const encoding = cx.encoding === 'latin1+utf16' ? (tagged ? 'utf16' : 'latin1') : cx.encoding;
  const units = tagged ? length - UTF16_TAG : length;
  const size = encoding === 'utf16' ? units * 2 : units;
  if (cx.encoding !== 'utf8' && pointer % 2 !== 0) throw abiTrap('unaligned pointer');
  if (pointer + size > memory.u8.length) throw abiTrap('string pointer/length out of bounds of memory');
  if (size > MAX_BYTE_LENGTH) throw abiTrap('string too long');
  cx.instance.root.charge(size);
  return { text: decode(memory.u8, encoding, pointer, pointer + size), encoding, units, tagged };
}

function decode(bytes: Uint8Array, encoding: GuestString['encoding'], start: number, end: number): string {
  if (encoding === 'utf8') return decodeUtf8(bytes, start, end);
  if (encoding === 'latin1') return decodeLatin1(bytes, start, end);
  try {
    return utf16Decoder.decode(bytes.subarray(start, end));
  } catch {
    throw abiTrap('unpaired surrogate in utf-16 string');
  }
}

function decodeLatin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(at + 4096, end)));
  }
  return text;
}

/** Writes a string that comes from JavaScript. Returns its pointer; `cx.length` is its length. */
export function storeString(cx: CanonicalContext, text: unknown): number {
  if (typeof text !== 'string') throw new TypeError(`wanted a string, got ${typeof text}`);
  if (cx.encoding === 'utf8') return storeUtf8(cx, text);
  const usable = text.isWellFormed() ? text : text.toWellFormed();
  return storeGuestString(cx, { text: usable, encoding: 'utf16', units: usable.length, tagged: false });
}

function storeUtf8(cx: CanonicalContext, text: string): number {
  const { memory } = cx;
  const length = text.length;
  if (length === 0) {
    cx.length = 0;
    return cx.allocate(0, 0, 1, 0);
  }
  checkLength(cx, length);
  let pointer = cx.allocate(0, 0, 1, length);
  if (isWrittenAsAscii(memory.u8, text, pointer)) {
    cx.length = length;
    return pointer;
  }
  const worstCase = length * 3;
  if (worstCase > MAX_BYTE_LENGTH) throw abiTrap('string too long');
  pointer = cx.allocate(pointer, length, 1, worstCase);
  const { written } = encoder.encodeInto(text, memory.u8.subarray(pointer, pointer + worstCase));
  cx.instance.root.charge(written - length);
  if (written < worstCase) pointer = cx.allocate(pointer, worstCase, 1, written);
  cx.length = written;
  return pointer;
}

/** Longest text that is written faster here than by a `TextEncoder`. */
const SHORT_STORE = 28;

/** Writes a text of ASCII characters; `false` if it is none. */
function isWrittenAsAscii(bytes: Uint8Array, text: string, pointer: number): boolean {
  const { length } = text;
  if (length <= SHORT_STORE) return storeAscii(bytes, text, pointer) === length;
  return encoder.encodeInto(text, bytes.subarray(pointer, pointer + length)).read === length;
}

function storeAscii(bytes: Uint8Array, text: string, pointer: number): number {
  const { length } = text;
  let index = 0;
  for (; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) break;
    bytes[pointer + index] = unit;
  }
  return index;
}

/** Writes a string as the specification's `store_string_into_range` does, allocation by allocation. */
export function storeGuestString(cx: CanonicalContext, source: GuestString): number {
  switch (cx.encoding) {
    case 'utf8':
      if (source.encoding === 'utf8') return storeCopy(cx, encoder.encode(source.text), source.units, 1);
      return storeAsUtf8(cx, source, source.units * (source.encoding === 'utf16' ? 3 : 2));
    case 'utf16':
      if (source.encoding !== 'utf8') return storeCopy(cx, encodeUtf16(source.text), source.units, 2);
      return storeUtf8AsUtf16(cx, source);
    default:
      if (source.encoding === 'latin1') return storeCopy(cx, encodeLatin1(source.text), source.units, 2);
      if (source.tagged) return storeProbablyUtf16(cx, source);
      return storeLatin1OrUtf16(cx, source);
  }
}

function checkLength(cx: CanonicalContext, size: number): void {
  if (size > MAX_BYTE_LENGTH) throw abiTrap('string too long');
  cx.instance.root.charge(size);
}

function storeCopy(cx: CanonicalContext, bytes: Uint8Array, units: number, align: number): number {
  checkLength(cx, bytes.length);
  const pointer = cx.allocate(0, 0, align, bytes.length);
  cx.memory.u8.set(bytes, pointer);
  cx.length = units;
  return pointer;
}

function storeAsUtf8(cx: CanonicalContext, { text, units }: GuestString, worstCase: number): number {
  checkLength(cx, units);
  let pointer = cx.allocate(0, 0, 1, units);
  const ascii = storeAscii(cx.memory.u8, text, pointer);
  cx.length = ascii;
  if (ascii === text.length) return pointer;
  checkLength(cx, worstCase);
  pointer = cx.allocate(pointer, units, 1, worstCase);
  const rest = encoder.encode(text.slice(ascii));
  cx.memory.u8.set(rest, pointer + ascii);
  const size = ascii + rest.length;
  if (worstCase > size) pointer = cx.allocate(pointer, worstCase, 1, size);
  cx.length = size;
  return pointer;
}

function storeUtf8AsUtf16(cx: CanonicalContext, { text, units }: GuestString): number {
  const worstCase = units * 2;
  checkLength(cx, worstCase);
  let pointer = cx.allocate(0, 0, 2, worstCase);
  const bytes = encodeUtf16(text);
  cx.memory.u8.set(bytes, pointer);
  if (bytes.length < worstCase) pointer = cx.allocate(pointer, worstCase, 2, bytes.length);
  cx.length = text.length;
  return pointer;
}

function storeLatin1OrUtf16(cx: CanonicalContext, { text, units }: GuestString): number {
  checkLength(cx, units);
  let pointer = cx.allocate(0, 0, 2, units);
  const latin1 = latin1Prefix(text);
  cx.memory.u8.set(encodeLatin1(text.slice(0, latin1)), pointer);
  if (latin1 < text.length) {
    const worstCase = units * 2;
    checkLength(cx, worstCase);
    pointer = cx.allocate(pointer, units, 2, worstCase);
    const bytes = encodeUtf16(text);
    cx.memory.u8.set(bytes, pointer);
    if (worstCase > bytes.length) pointer = cx.allocate(pointer, worstCase, 2, bytes.length);
    cx.length = text.length + UTF16_TAG;
    return pointer;
  }
  if (latin1 < units) pointer = cx.allocate(pointer, units, 2, latin1);
  cx.length = latin1;
  return pointer;
}

function storeProbablyUtf16(cx: CanonicalContext, { text, units }: GuestString): number {
  const size = units * 2;
  checkLength(cx, size);
  let pointer = cx.allocate(0, 0, 2, size);
  if (latin1Prefix(text) < text.length) {
    cx.memory.u8.set(encodeUtf16(text), pointer);
    cx.length = units + UTF16_TAG;
    return pointer;
  }
  cx.memory.u8.set(encodeLatin1(text), pointer);
  pointer = cx.allocate(pointer, size, 2, units);
  cx.length = units;
  return pointer;
}

function latin1Prefix(text: string): number {
  let index = 0;
  while (index < text.length && text.charCodeAt(index) < 0x100) index++;
  return index;
}

function encodeLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function encodeUtf16(text: string): Uint8Array {
  const units = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index++) units[index] = text.charCodeAt(index);
  return new Uint8Array(units.buffer);
}

/** Tells an encoding's canonical option name from any other. */
export function isStringEncoding(kind: string): kind is StringEncoding {
  return kind === 'utf8' || kind === 'utf16' || kind === 'latin1+utf16';
}
