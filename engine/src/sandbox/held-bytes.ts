/**
 * The budget for host memory behind the resources of one sandbox: headers, requests, bodies, responses, and data in transit.
 * `memoryBytes` does not count them, and a guest makes them with a few instructions.
 *
 * A holder takes the true size before it grows, and returns it when it is disposed of.
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

  /** Takes bytes, or returns false if there are not so many left. */
  take(bytes: number): boolean {
    if (this.#used + bytes > this.limit) return false;
    this.#used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }
}
