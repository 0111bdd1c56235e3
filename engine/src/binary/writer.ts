const utf8 = new TextEncoder();

/** Below this length a loop beats the call into the runtime that a bulk copy costs. */
const SHORT_COPY_BYTES = 40;

/** Writes a WebAssembly binary front to back into a buffer that grows. */
export class ByteWriter {
  /** The bytes written so far are `bytes.subarray(0, length)`. The buffer is replaced when it grows. */
  bytes: Uint8Array;
  /** Number of bytes written. May be set back, to drop the last ones. */
  length = 0;

  constructor(capacityBytes = 1024) {
    this.bytes = new Uint8Array(Math.max(capacityBytes, 16));
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    const wanted = this.length + count;
    if (wanted <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(wanted, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  /** Returns the bytes written, without a copy. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Returns a copy of the bytes written. */
  copy(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length) as Uint8Array<ArrayBuffer>;
  }

  byte(value: number): void {
    if (this.length >= this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Writes two bytes. */
  pair(first: number, second: number): void {
    const at = this.length;
    if (at + 2 > this.bytes.length) this.reserve(2);
    this.bytes[at] = first;
    this.bytes[at + 1] = second;
    this.length = at + 2;
  }

  /** Writes an unsigned LEB128 of at most 32 bits. */
  u32(value: number): void {
    if (this.length + 5 > this.bytes.length) this.reserve(5);
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  /** Writes an unsigned LEB128 of at most 64 bits. */
  u64(value: bigint): void {
    let rest = BigInt.asUintN(64, value);
    for (; rest > 0x7fn; rest >>= 7n) this.byte(Number(rest & 0x7fn) | 0x80);
    this.byte(Number(rest));
  }

  /** Writes a signed LEB128 of at most 32 bits. */
  s32(value: number): void {
    let rest = value | 0;
    for (; rest < -64 || rest > 63; rest >>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest & 0x7f);
  }

  /** Writes a signed LEB128 of a whole number that a double holds exactly. */
  signed(value: number): void {
    if (this.length + 10 > this.bytes.length) this.reserve(10);
    let rest = value;
    for (;;) {
      const low = ((rest % 128) + 128) % 128;
      rest = (rest - low) / 128;
      if ((rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40)) {
        this.bytes[this.length++] = low;
        return;
      }
      this.bytes[this.length++] = low | 0x80;
    }
  }

  /** Writes `source[start..end)`. */
  copyFrom(source: Uint8Array, start = 0, end = source.length): void {
    const count = end - start;
    if (this.length + count > this.bytes.length) this.reserve(count);
    if (count > SHORT_COPY_BYTES) {
      this.bytes.set(source.subarray(start, end), this.length);
      this.length += count;
      return;
    }
    const target = this.bytes;
    let at = this.length;
    for (let index = start; index < end; index++) target[at++] = source[index] as number;
    this.length = at;
  }

  /** Writes a length-prefixed byte string. */
  sized(source: Uint8Array): void {
    this.u32(source.length);
    this.copyFrom(source);
  }

  /** Writes a length-prefixed UTF-8 name. */
  name(text: string): void {
    this.sized(utf8.encode(text));
  }

  /** Writes a vector. */
  vector<T>(items: readonly T[], write: (item: T) => void): void {
    this.u32(items.length);
    for (const item of items) write(item);
  }
}
