import { PluginError } from '@wasm-plugin/abi';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Returns the error of malformed bytes.
 * @throws never
 */
export function malformed(what: string, offset: number): PluginError {
  return new PluginError('WP_BRIDGE', `Cannot decode what the peer sent: ${what} (at offset ${offset})`);
}

/** Most heap that the values of one message may take: twice the longest message of bytes. */
const HEAP_BYTES = 256 * 2 ** 20;

/**
 * Reads the component model's value encoding. The bytes are a stranger's: each read is held to the end of the bytes.
 * @throws {PluginError} WP_BRIDGE, from each of its methods, with the offset
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  /** Made if it is needed: most messages have no numbers of a fixed size. */
  #view: DataView | undefined;
  readonly #heapBytes: number;
  #at = 0;
  #end: number;
  #charged = 0;

  /** True if values may keep the bytes: nobody else has them. */
  #isOwned = false;

  /** @param heapBytes what the values may take of the heap, as `charge` counts it */
  constructor(bytes: Uint8Array, heapBytes = HEAP_BYTES) {
    this.#heapBytes = heapBytes;
    this.#bytes = bytes;
    this.#end = bytes.length;
  }

  /** Reads the first `count` bytes from their beginning again, for a buffer that is filled anew with each message. */
  restart(count: number): void {
    this.#at = 0;
    this.#end = Math.min(count, this.#bytes.length);
    this.#charged = 0;
  }

  /** Lets values keep the bytes that they are made of, where they are most of them. Returns this reader. */
  giveAway(): this {
    this.#isOwned = true;
    return this;
  }

  /** Returns true if a value may keep bytes that were read, in place of a copy: they are most of what the reader has. */
  isOwn(bytes: Uint8Array): boolean {
    return this.#isOwned && bytes.length * 2 > this.#bytes.buffer.byteLength;
  }

  /** Estimate of the heap that the values read so far take, in bytes. */
  get charged(): number {
    return this.#charged;
  }

  /** Counts the heap that a value takes: a byte may become an object of a hundred. */
  charge(bytes: number): void {
    this.#charged += bytes;
    if (this.#charged > this.#heapBytes)
      throw malformed(`the values take more than ${this.#heapBytes} bytes of memory`, this.#at);
  }

  get offset(): number {
    return this.#at;
  }

  /** The number of bytes that are left. */
  get left(): number {
    return this.#end - this.#at;
  }

  u8(): number {
    return this.#bytes[this.#take(1)] as number;
  }

  f32(): number {
    return this.#numbers().getFloat32(this.#take(4), true);
  }

  f64(): number {
    return this.#numbers().getFloat64(this.#take(8), true);
  }

  /** Reads an unsigned LEB128 integer that is at most `most`, at least 127 and below 2^53, in as many bytes as `most` takes. */
  unsigned(most: number): number {
    const start = this.#at;
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (value > most || scale > most) throw malformed(`a number is above ${most}`, start);
      if (byte < 0x80) return value;
    }
  }

  /** Reads a signed LEB128 integer of `bits` bits, at most 32. */
  signed(bits: number): number {
    return Number(this.signedBig(bits));
  }

  unsignedBig(bits: number): bigint {
    const start = this.#at;
    const value = this.#big(start, bits);
    if (value >> BigInt(bits) !== 0n) throw malformed(`a number has more than ${bits} bits`, start);
    return value;
  }

  signedBig(bits: number): bigint {
    const start = this.#at;
    const unsigned = this.#big(start, bits);
    const width = BigInt(7 * (this.#at - start));
    const value = BigInt.asIntN(Number(width), unsigned);
    if (BigInt.asIntN(bits, value) !== value) throw malformed(`a number has more than ${bits} bits`, start);
    return value;
  }

  /** Returns the next bytes as a view. */
  bytes(count: number): Uint8Array {
    const start = this.#take(count);
    return this.#bytes.subarray(start, start + count);
  }

  /** Reads a count of things that take at least one byte each. */
  count(): number {
    const start = this.#at;
    const count = this.unsigned(0xffff_ffff);
    if (count > this.left) throw malformed(`${count} elements do not fit into ${this.left} bytes`, start);
    return count;
  }

  string(): string {
    const start = this.#at;
    return this.#text(this.count(), start);
  }

  /** Reads one character of UTF-8. */
  char(): string {
    const start = this.#at;
    const first = this.#bytes[start] ?? 0;
    return this.#text(first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4, start);
  }

  /** @throws {PluginError} WP_BRIDGE if bytes are left */
  end(): void {
    if (this.left > 0) throw malformed(`${this.left} bytes are left over`, this.#at);
  }

  #text(count: number, start: number): string {
    const bytes = this.bytes(count);
    this.charge(16 + 2 * count);
    try {
      return decoder.decode(bytes);
    } catch {
      throw malformed('a text is not UTF-8', start);
    }
  }

  #big(start: number, bits: number): bigint {
    if (bits > 32) this.charge(24);
    let value = 0n;
    for (let shift = 0; ; shift += 7) {
      if (shift >= bits + 6) throw malformed(`a number has more than ${bits} bits`, start);
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << BigInt(shift);
      if (byte < 0x80) return value;
    }
  }

  #numbers(): DataView {
    const { buffer, byteOffset, byteLength } = this.#bytes;
    return (this.#view ??= new DataView(buffer, byteOffset, byteLength));
  }

  #take(count: number): number {
    if (count > this.left) throw malformed(`${count} bytes are wanted, ${this.left} are left`, this.#at);
    const start = this.#at;
    this.#at += count;
    return start;
  }
}
