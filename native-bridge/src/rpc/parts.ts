/** Counted for each part beside its bytes, as the memory of a kept part: empty parts are not free. */
const PART_COST = 256;

/** Bytes of messages that come in several frames. All together are bounded. */
export class Parts {
  readonly #mostBytes: number;
  readonly #parts = new Map<string, Uint8Array[]>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** @throws {Error} more is kept than may be */
  add(key: string, bytes: Uint8Array): void {
    this.#bytes += bytes.length + PART_COST;
    if (this.#bytes > this.#mostBytes) throw new Error(`messages of more than ${this.#mostBytes} bytes`);
    const parts = this.#parts.get(key);
    if (parts === undefined) this.#parts.set(key, [bytes]);
    else parts.push(bytes);
  }

  /** True if parts of some message are here. */
  get hasAny(): boolean {
    return this.#parts.size > 0;
  }

  /** Returns the whole message that ends with `last`. */
  take(key: string, last: Uint8Array): Uint8Array {
    const parts = this.#parts.get(key);
    if (parts === undefined) return last;
    this.#parts.delete(key);
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, last.length));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    this.#bytes -= at + PART_COST * parts.length;
    whole.set(last, at);
    return whole;
  }
}
