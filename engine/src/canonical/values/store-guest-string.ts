import type { CanonicalContext } from '../context.js';
import { MAX_BYTE_LENGTH, UTF16_TAG, type GuestString } from './load-string.js';
import { latin1Prefix, writeLatin1, writeUtf16 } from './text-encodings.js';
import { abiTrap } from '../traps.js';

const encoder = new TextEncoder();

/**
 * Writes a string of another component as the specification's `store_string_into_range` does, allocation by allocation:
 * both components can see them. Returns its pointer; `cx.length` is its length.
 */
export function storeGuestString(cx: CanonicalContext, source: GuestString): number {
  const { text, units } = source;
  switch (cx.encoding) {
    case 'utf8':
      if (source.encoding === 'utf8') return storeUtf8(cx, text, units);
      return storeAsUtf8(cx, source, units * (source.encoding === 'utf16' ? 3 : 2));
    case 'utf16':
      return source.encoding === 'utf8' ? storeUtf8AsUtf16(cx, source) : storeUtf16(cx, text);
    default:
      if (source.encoding === 'latin1') return storeLatin1(cx, text);
      return source.tagged ? storeProbablyUtf16(cx, source) : storeLatin1OrUtf16(cx, source);
  }
}

function checkLength(cx: CanonicalContext, size: number): void {
  if (size > MAX_BYTE_LENGTH) throw abiTrap('string too long');
  cx.instance.root.charge(size);
}

function storeUtf8(cx: CanonicalContext, text: string, size: number): number {
  checkLength(cx, size);
  const bytes = encoder.encode(text);
  const pointer = cx.allocate(0, 0, 1, size);
  cx.memory.u8.set(bytes, pointer);
  cx.length = size;
  return pointer;
}

function storeUtf16(cx: CanonicalContext, text: string): number {
  const { length } = text;
  checkLength(cx, length * 2);
  const pointer = cx.allocate(0, 0, 2, length * 2);
  writeUtf16(cx.memory.u16, text, pointer);
  cx.length = length;
  return pointer;
}

function storeLatin1(cx: CanonicalContext, text: string): number {
  const { length } = text;
  checkLength(cx, length);
  const pointer = cx.allocate(0, 0, 2, length);
  writeLatin1(cx.memory.u8, text, pointer);
  cx.length = length;
  return pointer;
}

function storeAsUtf8(cx: CanonicalContext, { text, units }: GuestString, worstCase: number): number {
  checkLength(cx, units);
  let pointer = cx.allocate(0, 0, 1, units);
  const ascii = writeAscii(cx.memory.u8, text, pointer);
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

/** Writes the ASCII characters at the start of a text, and returns their number. */
function writeAscii(bytes: Uint8Array, text: string, pointer: number): number {
  const { length } = text;
  let index = 0;
  for (; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) break;
    bytes[pointer + index] = unit;
  }
  return index;
}

function storeUtf8AsUtf16(cx: CanonicalContext, { text, units }: GuestString): number {
  const worstCase = units * 2;
  checkLength(cx, worstCase);
  let pointer = cx.allocate(0, 0, 2, worstCase);
  writeUtf16(cx.memory.u16, text, pointer);
  const size = text.length * 2;
  if (size < worstCase) pointer = cx.allocate(pointer, worstCase, 2, size);
  cx.length = text.length;
  return pointer;
}

function storeLatin1OrUtf16(cx: CanonicalContext, { text, units }: GuestString): number {
  checkLength(cx, units);
  let pointer = cx.allocate(0, 0, 2, units);
  const latin1 = latin1Prefix(text);
  writeLatin1(cx.memory.u8, text, pointer, latin1);
  if (latin1 < text.length) {
    const worstCase = units * 2;
    checkLength(cx, worstCase);
    pointer = cx.allocate(pointer, units, 2, worstCase);
    writeUtf16(cx.memory.u16, text, pointer);
    const size = text.length * 2;
    if (worstCase > size) pointer = cx.allocate(pointer, worstCase, 2, size);
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
    writeUtf16(cx.memory.u16, text, pointer);
    cx.length = units + UTF16_TAG;
    return pointer;
  }
  writeLatin1(cx.memory.u8, text, pointer);
  pointer = cx.allocate(pointer, size, 2, units);
  cx.length = units;
  return pointer;
}
