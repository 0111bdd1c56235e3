/** Counted for each part beside its bytes, as the memory of a kept part: empty parts are not free. */
const PART_COST = 256;

/** A message that comes in several frames. */
interface Coming {
  /** Bytes that came so far: one buffer for a message whose length is known, else its parts. */
  whole: Uint8Array | undefined;
  readonly parts: Uint8Array[];
  /** Bytes that came. */
  at: number;
  /** Bytes that are counted for it. */
  cost: number;
}

/** Bytes of messages that come in several frames. All together are bounded. */
export class Parts {
  readonly #mostBytes: number;
  readonly #coming = new Map<string, Coming>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Makes room for a message of a length. @throws {Error} more is kept than may be, or it is said twice */
  announce(key: string, bytes: number): void {
    if (this.#coming.has(key)) throw new Error('the length of a message comes behind its parts');
    this.#charge(bytes + PART_COST);
    this.#coming.set(key, { whole: new Uint8Array(bytes), parts: [], at: 0, cost: bytes + PART_COST });
  }

  /** Takes a part. @throws {Error} more is kept than may be, or more comes than was said */
  add(key: string, bytes: Uint8Array): void {
    let coming = this.#coming.get(key);
    if (coming === undefined)
      this.#coming.set(key, (coming = { whole: undefined, parts: [], at: 0, cost: 0 }));
    if (coming.whole !== undefined) return place(coming, bytes);
    const cost = bytes.length + PART_COST;
    this.#charge(cost);
    coming.cost += cost;
    coming.at += bytes.length;
    coming.parts.push(bytes);
  }

  /** True if parts of some message are here. */
  get hasAny(): boolean {
    return this.#coming.size > 0;
  }

  /** Returns the whole message that ends with `last`; `undefined` where that is all of it. @throws {Error} it is shorter than was said */
  take(key: string, last: Uint8Array): Uint8Array | undefined {
    const coming = this.#coming.get(key);
    if (coming === undefined) return undefined;
    this.#coming.delete(key);
    this.#bytes -= coming.cost;
    const { parts } = coming;
    if (coming.whole === undefined) {
      coming.whole = new Uint8Array(coming.at + last.length);
      coming.at = 0;
      for (const part of parts) place(coming, part);
    }
    place(coming, last);
    const { whole, at } = coming;
    if (at < whole.length) throw new Error(`a message of ${whole.length} bytes ends after ${at}`);
    return whole;
  }

  #charge(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#mostBytes) throw new Error(`messages of more than ${this.#mostBytes} bytes`);
  }
}

function place(coming: Coming, bytes: Uint8Array): void {
  const whole = coming.whole as Uint8Array;
  if (bytes.length > whole.length - coming.at)
    throw new Error(`a message of ${whole.length} bytes has more than that`);
  whole.set(bytes, coming.at);
  coming.at += bytes.length;
}
