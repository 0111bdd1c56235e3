/** `TextEncoder`, which an audio worklet has not. */
export class TextEncoder {
  /** Returns a text as UTF-8; a surrogate without its other half becomes U+FFFD. */
  encode(text = ''): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(text.length * 3);
    return bytes.slice(0, this.encodeInto(text, bytes).written);
  }

  /** Writes as many whole characters of a text as fit. */
  encodeInto(text: string, into: Uint8Array): { read: number; written: number } {
    let read = 0;
    let written = 0;
    while (read < text.length) {
      const point = text.codePointAt(read) as number;
      const code = point >> 11 === 0x1b ? 0xfffd : point;
      const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
      if (written + size > into.length) break;
      if (size === 1) into[written] = code;
      else {
        into[written] = ((0xf00 >> size) & 0xff) | (code >> (6 * (size - 1)));
        for (let byte = 1; byte < size; byte++)
          into[written + byte] = 0x80 | ((code >> (6 * (size - 1 - byte))) & 0x3f);
      }
      written += size;
      read += point > 0xffff ? 2 : 1;
    }
    return { read, written };
  }
}
