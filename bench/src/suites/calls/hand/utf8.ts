import type { TypesCore } from '../types-core.js';
import type { Memory } from './memory.js';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Longer texts are faster through the decoder and encoder of the platform. */
const SHORT_DECODE = 16;
const SHORT_ENCODE = 20;

const scratch = new Uint8Array(3 * 16_384);

const from = String.fromCharCode;

/** Reads UTF-8. */
export function readUtf8(bytes: Uint8Array, start: number, length: number): string {
  const end = start + length;
  if (length <= SHORT_DECODE) {
    let high = 0;
    for (let at = start; at < end; at++) high |= bytes[at] as number;
    if (high < 0x80) return readAscii(bytes, start, end);
  }
  return decoder.decode(bytes.subarray(start, end));
}

/** Joins as many characters as can be at once: each concatenation costs more than the character. */
function readAscii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let at = start;
  for (; end - at >= 8; at += 8) {
    text += from(
      bytes[at] as number,
      bytes[at + 1] as number,
      bytes[at + 2] as number,
      bytes[at + 3] as number,
      bytes[at + 4] as number,
      bytes[at + 5] as number,
      bytes[at + 6] as number,
      bytes[at + 7] as number,
    );
  }
  const a = bytes[at] as number;
  const b = bytes[at + 1] as number;
  const c = bytes[at + 2] as number;
  const d = bytes[at + 3] as number;
  const e = bytes[at + 4] as number;
  const f = bytes[at + 5] as number;
  const g = bytes[at + 6] as number;
  switch (end - at) {
    case 1:
      return text + from(a);
    case 2:
      return text + from(a, b);
    case 3:
      return text + from(a, b, c);
    case 4:
      return text + from(a, b, c, d);
    case 5:
      return text + from(a, b, c, d, e);
    case 6:
      return text + from(a, b, c, d, e, f);
    case 7:
      return text + from(a, b, c, d, e, f, g);
    default:
      return text;
  }
}

/** Writes a text into memory that `realloc` gives. Returns its pointer and its length in bytes. */
export function writeUtf8(
  core: TypesCore,
  memory: Memory,
  text: string,
): { pointer: number; length: number } {
  const length = encode(text);
  const pointer = core.realloc(0, 0, 1, length);
  if (memory.u8.length === 0) memory.refresh();
  memory.u8.set(scratch.subarray(0, length), pointer);
  return { pointer, length };
}

function encode(text: string): number {
  const { length } = text;
  if (length > SHORT_ENCODE) return encoder.encodeInto(text, scratch).written;
  let bits = 0;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    bits |= unit;
    scratch[index] = unit;
  }
  return bits < 0x80 ? length : encoder.encodeInto(text, scratch).written;
}
