import { ModuleError, printable } from '@wasm-plugin/abi';

type ModuleErrorCode = ConstructorParameters<typeof ModuleError>[0];

/** Bytes a name may have, as in JavaScript engines. */
const MAX_NAME_BYTES = 100_000;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The part of the bytes that a `ByteReader` reads, and the names of places in its errors. */
export interface ByteReaderOptions {
  /** Offset of the first byte to read. @default 0 */
  start?: number | undefined;
  /** Offset behind the last byte to read. @default bytes.length */
  end?: number | undefined;
  /** Name of the section, as in the specification. */
  section?: string | undefined;
  /** Offset of `bytes` from the start of the file. @default 0 */
  origin?: number | undefined;
  /** Budget for the counts of vectors, shared with the parts of this reader. @default no limit */
  items?: ItemBudget | undefined;
}

/**
 * Number of items that the vectors of a file may still have. An item may take one byte of the file, but is an object in memory,
 * so this limit bounds the cost of a hostile file.
 */
export interface ItemBudget {
  left: number;
}

/**
 * Reads a part of a WebAssembly binary from front to back. Every read is bounds-checked; a read that does not fit throws a
 * `ModuleError` with the offset from the start of the file and the section.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  /** Offset of the next byte in `bytes`. */
  position: number;
  /** Offset behind the last readable byte. */
  readonly end: number;
  /** Name of the section, for error messages. */
  section: string | undefined;
  /** Offset of `bytes` from the start of the file, for error messages. */
  readonly origin: number;
  readonly #items: ItemBudget | undefined;

  constructor(bytes: Uint8Array, options: ByteReaderOptions = {}) {
    this.bytes = bytes;
    this.position = options.start ?? 0;
    this.end = options.end ?? bytes.length;
    this.section = options.section;
    this.origin = options.origin ?? 0;
    this.#items = options.items;
  }

  /** Offset of the next byte from the start of the file. */
  get offset(): number {
    return this.origin + this.position;
  }

  get done(): boolean {
    return this.position >= this.end;
  }

  get remaining(): number {
    return this.end - this.position;
  }

  /** Builds the error for the bytes at `position`. */
  malformed(reason: string, position = this.position): ModuleError {
    return this.#error('WP_MODULE_MALFORMED', reason, position);
  }

  /** Builds the error for something well-formed that breaks a rule. */
  invalid(reason: string, position = this.position): ModuleError {
    return this.#error('WP_MODULE_INVALID', reason, position);
  }

  /** Builds the error for something well-formed that this engine does not have. */
  unsupported(feature: string, position = this.position): ModuleError {
    return this.#error('WP_MODULE_UNSUPPORTED', `${feature} is not supported`, position);
  }

  /** Builds the error for something larger or deeper than this engine takes. */
  limit(reason: string, position = this.position): ModuleError {
    return this.#error('WP_MODULE_LIMIT', reason, position);
  }

  /** Builds the error for the byte just read, which cannot start the named item. */
  leadingByte(byte: number, what: string): ModuleError {
    return this.malformed(`invalid leading byte (0x${byte.toString(16)}) for ${what}`, this.position - 1);
  }

  #error(code: ModuleErrorCode, reason: string, position: number): ModuleError {
    return new ModuleError(code, printable(reason), {
      offset: this.origin + position,
      section: this.section,
    });
  }

  byte(): number {
    if (this.position >= this.end) throw this.malformed('unexpected end-of-file');
    return this.bytes[this.position++] as number;
  }

  peek(): number {
    if (this.position >= this.end) throw this.malformed('unexpected end-of-file');
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
      if (index === 4) {
        if (byte > 0x7f) throw this.malformed('integer representation too long', start);
        // Bit 4 is the sign; the two bits above it must repeat it.
        if ((byte & 0x70) !== 0 && (byte & 0x70) !== 0x70) throw this.malformed('integer too large', start);
      }
      result += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) return byte & 0x40 ? result - scale : result;
    }
  }

  /** Reads `count` bytes as a view. */
  take(count: number): Uint8Array {
    this.skip(count);
    return this.bytes.subarray(this.position - count, this.position);
  }

  /** Moves behind `count` bytes. */
  skip(count: number): void {
    if (count > this.end - this.position)
      throw this.malformed('unexpected end-of-file: length out of bounds');
    this.position += count;
  }

  /** Reads one byte that must be 0. */
  zero(what: string): void {
    const byte = this.byte();
    if (byte !== 0) throw this.leadingByte(byte, what);
  }

  /**
   * Reads the count of a vector whose items take at least `minimumBytes` each, so that a lying count fails here.
   * @throws {ModuleError} WP_MODULE_MALFORMED if they do not fit, WP_MODULE_LIMIT if the file has too many items
   */
  count(minimumBytes = 1): number {
    const start = this.position;
    const count = this.u32();
    if (count * minimumBytes > this.remaining) {
      throw this.malformed('unexpected end-of-file: count out of bounds', start);
    }
    if (this.#items !== undefined) {
      this.#items.left -= count;
      if (this.#items.left < 0) throw this.limit('too many items in one file', start);
    }
    return count;
  }

  /** Reads a vector. */
  vector<T>(item: () => T, minimumBytes = 1): T[] {
    const items: T[] = [];
    for (let left = this.count(minimumBytes); left > 0; left--) items.push(item());
    return items;
  }

  /**
   * Reads a length-prefixed UTF-8 name.
   * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_LIMIT
   */
  name(): string {
    const start = this.position;
    const bytes = this.take(this.u32());
    if (bytes.length > MAX_NAME_BYTES) throw this.limit(`a name of more than ${MAX_NAME_BYTES} bytes`, start);
    try {
      return utf8.decode(bytes);
    } catch {
      throw this.malformed('malformed UTF-8 encoding', start);
    }
  }

  /** Returns a reader of the next `length` bytes and moves behind them. */
  part(length: number, section = this.section): ByteReader {
    if (length > this.remaining) throw this.malformed('unexpected end-of-file: length out of bounds');
    this.position += length;
    const start = this.position - length;
    return new ByteReader(this.bytes, {
      start,
      end: this.position,
      section,
      origin: this.origin,
      items: this.#items,
    });
  }

  /** Throws unless everything was read. */
  finish(): void {
    if (!this.done) throw this.malformed('section size mismatch: unexpected bytes at its end');
  }
}
