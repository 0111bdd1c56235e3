import type { CanonicalContext } from '../context.js';
import { MAX_BYTE_LENGTH, UTF16_TAG } from './load-string.js';
import { mismatch } from './mismatch.js';
import { latin1Prefix, writeLatin1, writeUtf16 } from './text-encodings.js';
import { abiTrap } from '../traps.js';

const encoder = new TextEncoder();

/** Room for short texts, which are encoded before the guest is asked for memory. No guest runs while it holds one. */
const scratch = new Uint8Array(48 * 1024);

/** The first bytes of it: to make such a view costs more than to copy a short text. */
const scratchStarts = Array.from({ length: 257 }, (_, length) => scratch.subarray(0, length));

/** Longest text that is sure to fit, in code units: each takes three bytes at most. */
const MOST_UNITS = scratch.length / 3;

/** Longest text of ASCII characters that is encoded faster here than by a `TextEncoder`. */
const SHORT_TEXT = 20;

/**
 * Writes a string of the host's: encodes it first, and asks the guest once for exactly as many bytes as it takes. Many
 * guests have a `realloc` that cannot resize. Returns its pointer; `cx.length` is its length.
 * @throws {TypeError} `text` is no string
 */
export function storeString(cx: CanonicalContext, text: unknown): number {
  if (typeof text !== 'string') throw mismatch();
  if (cx.encoding === 'utf8') return storeUtf8(cx, text);
  if (text.length > MAX_BYTE_LENGTH) throw abiTrap('string too long');
  return storeWide(cx, text.isWellFormed() ? text : text.toWellFormed());
}

function storeUtf8(cx: CanonicalContext, text: string): number {
  if (text.length > MOST_UNITS) return storeLongUtf8(cx, text);
  const size = encodeShort(text);
  cx.instance.root.charge(size);
  const pointer = cx.allocate(0, 0, 1, size);
  cx.memory.u8.set(scratchStarts[size] ?? scratch.subarray(0, size), pointer);
  cx.length = size;
  return pointer;
}

function encodeShort(text: string): number {
  const { length } = text;
  if (length > SHORT_TEXT) return encoder.encodeInto(text, scratch).written;
  let bits = 0;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    bits |= unit;
    scratch[index] = unit;
  }
  return bits < 0x80 ? length : encoder.encodeInto(text, scratch).written;
}

function storeLongUtf8(cx: CanonicalContext, text: string): number {
  const { length } = text;
  if (length > MAX_BYTE_LENGTH) throw abiTrap('string too long');
  cx.instance.root.charge(length);
  const bytes = encoder.encode(text);
  const size = bytes.length;
  if (size > MAX_BYTE_LENGTH) throw abiTrap('string too long');
  cx.instance.root.charge(size - length);
  const pointer = cx.allocate(0, 0, 1, size);
  cx.memory.u8.set(bytes, pointer);
  cx.length = size;
  return pointer;
}

/** Writes UTF-16, or Latin-1 if the encoding allows it and the text is that. */
function storeWide(cx: CanonicalContext, text: string): number {
  const { length } = text;
  const either = cx.encoding === 'latin1+utf16';
  const narrow = either && latin1Prefix(text) === length;
  const size = narrow ? length : length * 2;
  if (size > MAX_BYTE_LENGTH) throw abiTrap('string too long');
  cx.instance.root.charge(size);
  const pointer = cx.allocate(0, 0, 2, size);
  if (narrow) writeLatin1(cx.memory.u8, text, pointer);
  else writeUtf16(cx.memory.u16, text, pointer);
  cx.length = either && !narrow ? length + UTF16_TAG : length;
  return pointer;
}
