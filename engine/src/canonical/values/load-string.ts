import type { CanonicalContext } from '../context.js';
import { decodeText, decodeUtf8, type TextEncoding } from './text-encodings.js';
import { badValue } from '../traps.js';

/** Longest string and list, in bytes (specification: `MAX_STRING_BYTE_LENGTH`, `MAX_LIST_BYTE_LENGTH`). */
export const MAX_BYTE_LENGTH = 2 ** 28 - 1;

/** Marks the length of a string that is UTF-16, if the encoding is `latin1+utf16`. */
export const UTF16_TAG = 0x8000_0000;

/** A string on its way between two components: how it was encoded decides how the other side allocates. */
export interface GuestString {
  text: string;
  encoding: TextEncoding;
  /** Code units in that encoding. */
  units: number;
  /** True if the source could have been Latin-1 and was not. */
  tagged: boolean;
}

/** Reads a string for JavaScript. `length` is as the guest gave it: code units, tagged for `latin1+utf16`. */
export function loadString(cx: CanonicalContext, pointer: number, length: number): string {
  if (cx.encoding !== 'utf8') return loadGuestString(cx, pointer, length).text;
  const { memory } = cx;
  if (memory.u8.length === 0) memory.renew();
  const bytes = memory.u8;
  const end = pointer + length;
  if (end > bytes.length) throw badValue('string pointer/length out of bounds of memory');
  if (length > MAX_BYTE_LENGTH) throw badValue('string too long');
  const { root } = cx.instance;
  root.hold(length);
  const text = decodeUtf8(bytes, pointer, end);
  // Two bytes for each code unit, if one is beyond Latin-1.
  if (text.length !== length) root.hold(Math.max(0, text.length * 2 - length));
  return text;
}

/** Reads a string for another component (specification: `load_string_from_range`). */
export function loadGuestString(cx: CanonicalContext, pointer: number, length: number): GuestString {
  const { memory } = cx;
  if (memory.u8.length === 0) memory.renew();
  const tagged = cx.encoding === 'latin1+utf16' && length >= UTF16_TAG;
  const encoding = cx.encoding === 'latin1+utf16' ? (tagged ? 'utf16' : 'latin1') : cx.encoding;
  const units = tagged ? length - UTF16_TAG : length;
  const size = encoding === 'utf16' ? units * 2 : units;
  if (cx.encoding !== 'utf8' && pointer % 2 !== 0) throw badValue('unaligned pointer');
  if (pointer + size > memory.u8.length) throw badValue('string pointer/length out of bounds of memory');
  if (size > MAX_BYTE_LENGTH) throw badValue('string too long');
  const { root } = cx.instance;
  root.hold(size);
  const text = decodeText(memory.u8, encoding, pointer, pointer + size);
  if (encoding === 'utf8' && text.length !== size) root.hold(Math.max(0, text.length * 2 - size));
  return { text, encoding, units, tagged };
}
