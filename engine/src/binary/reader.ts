import { ModuleError } from '@wasm-plugin/abi';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a part of a WebAssembly binary from front to back. Every read is bounds-checked; whatever does not fit throws a
 * `ModuleError` with the offset from the start of the file and the section that was being read.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  /** Offset of the next byte in `bytes`, and so in the file. */
  position: number;
  /** Offset behind the last readable byte. */
  readonly end: number;
  /** What is being read, for error messages. */
  section: string | undefined;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length, section?: string) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
    this.section = section;
  }

  get done(): boolean {
    return this.position >= this.end;
  }

  get remaining(): number {
    return this.end - this.position;
  }

  /** Builds the error for what was read at `offset`. */
  malformed(reason: string, offset = this.position): ModuleError {
    return new ModuleError('WP_MODULE_MALFORMED', reason, { offset, section: this.section });
  }

  /** Builds the error for something well-formed that this engine does not have. */
  unsupported(feature: string, offset = this.position): ModuleError {
    return new ModuleError('WP_MODULE_UNSUPPORTED', `${feature} is not supported`, {
      offset,
      section: this.section,
    });
  }

  byte(): number {
    if (this.position >= this.end) throw this.malformed('unexpected end');
    return this.bytes[this.position++] as number;
  }

  peek(): number {
    if (this.position >= this.end) throw this.malformed('unexpected end');
    return this.bytes[this.position] as number;
  }

  /** Reads an unsigned LEB128 of at most 32 bits. */
  u32(): number {
    const first = this.byte();
    if (first < 0x80) return first;
    const start = this.position - 1;
    let result = first & 0x7f;
    for (let shift = 7; ; shift += 7) {
      const byte = this.byte();
      if (shift === 28 && byte > 0x0f) {
        throw this.malformed(byte > 0x7f ? 'integer representation too long' : 'integer too large', start);
      }
      result |= (byte & 0x7f) << shift;
      if (byte < 0x80) return result >>> 0;
    }
  }

  /** Reads an unsigned LEB128 of at most 64 bits. */
  u64(): bigint {
    const start = this.position;
    let result = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      if (shift === 63n && byte > 1) {
        throw this.malformed(byte > 0x7f ? 'integer representation too long' : 'integer too large', start);
      }
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return result;
    }
  }

  /** Reads a signed LEB128 of at most 33 bits (which holds every 32-bit one). */
  s33(): number {
    const start = this.position;
    let result = 0;
    let scale = 1;
    for (let index = 0; ; index++) {
      const byte = this.byte();
      if (index === 4 && byte > 0x7f) throw this.malformed('integer representation too long', start);
      result += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) return byte & 0x40 ? result - scale : result;
    }
  }

  /** Reads `count` bytes as a view. */
  take(count: number): Uint8Array {
    if (count > this.end - this.position) throw this.malformed('length out of bounds');
    this.position += count;
    return this.bytes.subarray(this.position - count, this.position);
  }

  /** Reads the count of a vector whose items take at least `minimumBytes` each, so that a lying count fails here. */
  count(minimumBytes = 1): number {
    const start = this.position;
    const count = this.u32();
    if (count * minimumBytes > this.remaining) throw this.malformed('unexpected end: count out of bounds', start);
    return count;
  }

  /** Reads a vector. */
  vector<T>(item: () => T, minimumBytes = 1): T[] {
    const items: T[] = [];
    for (let left = this.count(minimumBytes); left > 0; left--) items.push(item());
    return items;
  }

  /** Reads a length-prefixed UTF-8 name. */
  name(): string {
    const start = this.position;
    const bytes = this.take(this.u32());
    try {
      return utf8.decode(bytes);
    } catch {
      throw this.malformed('malformed UTF-8 encoding', start);
    }
  }

  /** Returns a reader of the next `length` bytes and moves behind them. */
  part(length: number, section = this.section): ByteReader {
    if (length > this.remaining) throw this.malformed('length out of bounds');
    this.position += length;
    return new ByteReader(this.bytes, this.position - length, this.position, section);
  }

  /** Throws unless everything was read. */
  finish(): void {
    if (!this.done) throw this.malformed('section size mismatch: unexpected bytes at its end');
  }
}
