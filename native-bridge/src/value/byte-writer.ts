const encoder = new TextEncoder();

/** Bytes that are copied one by one. */
const FEW = 128;

/** Bytes that a writer refers to in place of a copy, at least. */
const LARGE = 256 * 1024;

/** Capacity of a new buffer. */
const CAPACITY = 256;

/** Writes the component model's value encoding into a buffer that grows. Reuse one: `reset` keeps the buffer. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #at = 0;
  /** Bytes that are not copied, with where they belong; `undefined` for a writer that copies all. */
  readonly #large: { at: number; bytes: Uint8Array }[] | undefined;

  /** @param refers true if `largeBytes` is to keep large bytes as they are, for `takePieces`. @default false */
  constructor(capacity = CAPACITY, { refers = false }: { refers?: boolean } = {}) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
    this.#large = refers ? [] : undefined;
  }

  get length(): number {
    if (this.#large === undefined || this.#large.length === 0) return this.#at;
    return this.#large.reduce((sum, { bytes }) => sum + bytes.length, this.#at);
  }

  /** Forgets everything written, or everything from `length` on. */
  reset(length = 0): void {
    this.#at = length;
    if (this.#large !== undefined) this.#large.length = 0;
  }

  /** Returns what was written in pieces, and forgets it. They are the caller's, but for large bytes: those are whose they were. */
  takePieces(): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    let from = 0;
    for (const { at, bytes } of this.#large ?? []) {
      pieces.push(this.#bytes.subarray(from, at), bytes);
      from = at;
    }
    pieces.push(this.#bytes.subarray(from, this.#at));
    this.#bytes = new Uint8Array(CAPACITY);
    this.#view = new DataView(this.#bytes.buffer);
    this.reset();
    return pieces;
  }

  /** Writes bytes that may be many: those are referred to where the writer does that, and must not be changed until they are sent. */
  largeBytes(bytes: Uint8Array): void {
    if (this.#large === undefined || bytes.length < LARGE) this.bytes(bytes);
    else this.#large.push({ at: this.#at, bytes });
  }

  /** Returns the bytes written, as a view that holds until the next write. */
  written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Copies `count` of the bytes from `from` on to the beginning of `target`. */
  copyTo(target: Uint8Array, from: number, count: number): void {
    // A view of few bytes costs more than they do.
    if (count > FEW) target.set(this.#bytes.subarray(from, from + count));
    else for (let index = 0; index < count; index++) target[index] = this.#bytes[from + index] as number;
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#at++] = value;
  }

  f32(value: number): void {
    this.#reserve(4);
    this.#view.setFloat32(this.#at, value, true);
    this.#at += 4;
  }

  f64(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#at, value, true);
    this.#at += 8;
  }

  /** Writes an unsigned LEB128 integer below 2^53. */
  unsigned(value: number): void {
    this.#reserve(8);
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) this.#bytes[this.#at++] = (rest % 128) | 0x80;
    this.#bytes[this.#at++] = rest;
  }

  /** Writes a signed LEB128 integer of 32 bits. */
  signed(value: number): void {
    this.#reserve(5);
    let rest = value;
    for (; rest > 63 || rest < -64; rest >>= 7) this.#bytes[this.#at++] = (rest & 0x7f) | 0x80;
    this.#bytes[this.#at++] = rest & 0x7f;
  }

  unsignedBig(value: bigint): void {
    this.#reserve(10);
    let rest = value;
    for (; rest > 0x7fn; rest >>= 7n) this.#bytes[this.#at++] = Number(rest & 0x7fn) | 0x80;
    this.#bytes[this.#at++] = Number(rest);
  }

  signedBig(value: bigint): void {
    this.#reserve(10);
    let rest = value;
    for (; rest > 63n || rest < -64n; rest >>= 7n) this.#bytes[this.#at++] = Number(rest & 0x7fn) | 0x80;
    this.#bytes[this.#at++] = Number(rest & 0x7fn);
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Writes a length in bytes and the text in UTF-8. A lone surrogate becomes U+FFFD. */
  string(text: string): void {
    const bytes = encoder.encode(text);
    this.unsigned(bytes.length);
    this.bytes(bytes);
  }

  /** Writes the text in UTF-8, with no length before it. */
  text(text: string): void {
    this.bytes(encoder.encode(text));
  }

  #reserve(more: number): void {
    const needed = this.#at + more;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
