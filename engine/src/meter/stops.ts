import type { InstructionCursor } from '../module/index.js';
import { grown } from './grown.js';

/** The instructions of a body that the rewriter stops at, each with what those between it and the one before cost. */
export class Stops {
  #offsets = new Uint32Array(256);
  #costs = new Uint32Array(256);
  #count = 0;
  /** Which one comes next. May be set back to where it was. */
  next = 0;

  /** Starts a body. */
  clear(): void {
    this.#count = 0;
    this.next = 0;
  }

  add(offset: number, cost: number): void {
    const index = this.#count++;
    if (index >= this.#offsets.length) {
      this.#offsets = grown(this.#offsets, Uint32Array);
      this.#costs = grown(this.#costs, Uint32Array);
    }
    this.#offsets[index] = offset;
    this.#costs[index] = cost;
  }

  /** Passes over those before an offset. */
  skipTo(offset: number): void {
    while (this.next < this.#count && (this.#offsets[this.next] as number) < offset) this.next++;
  }

  /** Reads the next one. Returns what was passed on the way costs. */
  advance(cursor: InstructionCursor): number {
    const index = this.next++;
    cursor.position = this.#offsets[index] as number;
    cursor.next();
    return this.#costs[index] as number;
  }
}
