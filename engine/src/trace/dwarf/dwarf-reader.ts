import { ByteReader } from '../../binary/index.js';

/** Longer texts are cut: a message shows at most 1,000 characters of them. */
const MOST_TEXT_BYTES = 4000;

const utf8 = new TextDecoder();

/** Reads the primitives of DWARF: little-endian numbers, LEB128 and texts that end in zero. */
export class DwarfReader extends ByteReader {
  /** Reads a number of `size` bytes, of which 6 count. */
  fixed(size: number): number {
    this.skip(size);
    let value = 0;
    const start = this.position - size;
    for (let index = Math.min(size, 6) - 1; index >= 0; index--) {
      value = value * 256 + (this.bytes[start + index] as number);
    }
    return value;
  }

  signedByte(): number {
    return (this.byte() << 24) >> 24;
  }

  signed(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte >= 0x80) continue;
      return shift < 25 && (byte & 0x40) !== 0 ? value | (-1 << (shift + 7)) : value;
    }
  }

  /** Moves behind a LEB128 of any length. Returns its number of bytes. */
  skipNumber(): number {
    const start = this.position;
    while (this.byte() >= 0x80);
    return this.position - start;
  }

  /** Moves behind a text. Returns its length in bytes. */
  skipText(): number {
    const end = this.bytes.indexOf(0, this.position);
    if (end < 0 || end >= this.end) throw this.malformed('unexpected end-of-file');
    const length = end - this.position;
    this.position = end + 1;
    return length;
  }
}

/** Decodes the text at `offset` of a section, cut short; `undefined` outside of it. */
export function textAt(section: Uint8Array | undefined, offset: number): string | undefined {
  if (section === undefined || offset >= section.length) return undefined;
  const most = section.subarray(offset, offset + MOST_TEXT_BYTES);
  const end = most.indexOf(0);
  return utf8.decode(end < 0 ? most : most.subarray(0, end));
}
