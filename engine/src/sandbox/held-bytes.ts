/**
 * The budget for what the resources of one sandbox hold in the host's memory: headers, requests, bodies, responses, and what is
 * on its way. `memoryBytes` does not see them, and a guest makes them with a handful of instructions.
 *
 * Whoever holds something takes its true size before it grows, and gives it back when it is disposed of.
 */
export class HeldBytes {
  readonly limit: number;
  #used = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get used(): number {
    return this.#used;
  }

  get left(): number {
    return Math.max(0, this.limit - this.#used);
  }

  /** Takes bytes, or returns false where there are not so many left. */
  take(bytes: number): boolean {
    if (this.#used + bytes > this.limit) return false;
    this.#used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }
}
