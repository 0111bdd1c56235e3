const from = String.fromCharCode;

/** Longest text that is read faster here than by a `TextDecoder`. */
export const SHORT_TEXT = 16;

/**
 * Reads text of which every byte is one character. Makes as many characters as it can at once, since each concatenation
 * costs more than they do.
 */
export function readAscii(bytes: Uint8Array, start: number, end: number): string {
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
