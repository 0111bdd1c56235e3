import { closeSync, openSync, readSync } from 'node:fs';

/** The time that this thread was ready to run and had no processor: other programs took it from a measurement. */
export class ProcessorWait {
  readonly #file: number | undefined;
  readonly #bytes = Buffer.alloc(64);

  constructor() {
    try {
      this.#file = openSync('/proc/thread-self/schedstat', 'r');
    } catch {
      // Told by Linux only.
    }
  }

  /** Returns nanoseconds since the thread began; always 0 if the system does not tell. Takes some microseconds. */
  totalNs(): number {
    if (this.#file === undefined) return 0;
    const length = readSync(this.#file, this.#bytes, 0, this.#bytes.length, 0);
    return Number(this.#bytes.toString('latin1', 0, length).split(' ')[1]);
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}
