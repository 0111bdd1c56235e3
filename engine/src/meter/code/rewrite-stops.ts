import type { InstructionCursor } from '../../module/index.js';

/** The instructions of a body that the rewriter stops at, each with the cost of those between it and the stop before. */
export class RewriteStops {
  readonly #offsets: Uint32Array;
  readonly #costs: Uint32Array;
  #count = 0;
  /** Index of the next stop. May be set back to an earlier one. */
  next = 0;

  /** @param most the most entries */
  constructor(most: number) {
    this.#offsets = new Uint32Array(most);
    this.#costs = new Uint32Array(most);
  }

  /** Starts a body. */
  clear(): void {
    this.#count = 0;
    this.next = 0;
  }

  add(offset: number, cost: number): void {
    const index = this.#count++;
    this.#offsets[index] = offset;
    this.#costs[index] = cost;
  }

  /** Passes over those before an offset. */
  skipTo(offset: number): void {
    while (this.next < this.#count && (this.#offsets[this.next] as number) < offset) this.next++;
  }

  /** Reads the next one. Returns the cost of the instructions passed. */
  advance(cursor: InstructionCursor): number {
    const index = this.next++;
    cursor.position = this.#offsets[index] as number;
    cursor.next();
    return this.#costs[index] as number;
  }
}
