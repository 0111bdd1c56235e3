import { ByteReader } from '../../binary/index.js';

const utf8 = new TextDecoder();

/** Reads what DWARF is made of: little-endian numbers, LEB128 and texts that end in zero. */
export class DwarfReader extends ByteReader {
  /** Reads a number of `size` bytes, of which 6 count. */
  fixed(size: number): number {
    let value = 0;
    for (let index = 0; index < size; index++) {
      const byte = this.byte();
      if (index < 6) value += byte * 2 ** (index * 8);
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

  text(): string {
    const end = this.bytes.indexOf(0, this.position);
    if (end < 0 || end >= this.end) throw this.malformed('unexpected end-of-file');
    const text = utf8.decode(this.take(end - this.position));
    this.position++;
    return text;
  }
}
