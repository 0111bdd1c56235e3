/** Sentinel: larger than any offset. */
const NONE = 0xffffffff;

/** The places where a body names the local that moves: the offsets of its index, in ascending order. */
export class MovedLocal {
  readonly #offsets: Uint32Array;
  #count = 0;
  #next = 0;
  /** True if every index is encoded as one byte. */
  areShort = true;

  /** @param most the most entries */
  constructor(most: number) {
    this.#offsets = new Uint32Array(most + 1);
  }

  /** Starts a body. */
  clear(): void {
    this.#offsets[0] = NONE;
    this.#count = 0;
    this.#next = 0;
    this.areShort = true;
  }

  add(offset: number, isShort: boolean): void {
    this.#offsets[this.#count++] = offset;
    this.#offsets[this.#count] = NONE;
    if (!isShort) this.areShort = false;
  }

  /** Goes back to the first one from `offset` on, if it was passed already. */
  rewind(offset: number): void {
    while (this.#next > 0 && (this.#offsets[this.#next - 1] as number) >= offset) this.#next--;
  }

  /** Passes the next one if it lies before `end`, and returns its offset; otherwise a larger number. */
  nextBefore(end: number): number {
    const offset = this.#offsets[this.#next] as number;
    if (offset < end) this.#next++;
    return offset;
  }
}
