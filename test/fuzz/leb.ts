/** Reads an unsigned LEB128 number; gives it and the offset behind it. */
export function readLeb(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0;
  let shift = 0;
  let end = at;
  for (;;) {
    const byte = bytes[end++] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    shift += 7;
    if (byte < 0x80 || shift > 63) return { value, end };
  }
}

/** Encodes an unsigned LEB128 number, over-long where `padding` asks for it. */
export function leb(value: number, padding = 0): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push(rest % 128);
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  for (let index = 0; index < padding; index++) bytes.push(0);
  return bytes.map((byte, index) => (index < bytes.length - 1 ? byte | 0x80 : byte));
}
