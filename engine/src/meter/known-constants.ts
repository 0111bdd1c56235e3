import { OP } from '../module/index.js';

/**
 * Which locals hold a constant, followed through straight code: wasmtime treats a bulk length that its compiler knows
 * differently from others, and a constant that went through a local is known to it.
 */
export class KnownConstants {
  readonly #values = new Map<number, number>();
  #zeroFrom = Infinity;

  /** Starts a body: locals that are not parameters begin as zero. */
  begin(params: number): void {
    this.#values.clear();
    this.#zeroFrom = params;
  }

  /** Forgets all: control flow joins here. */
  forget(): void {
    // Clearing makes a new table, and there is rarely anything in it.
    if (this.#values.size > 0) this.#values.clear();
    this.#zeroFrom = Infinity;
  }

  /** Follows a `local` instruction with `top` on the stack; returns the constant that is on top after it. */
  through(op: number, local: number, top: number): number {
    if (op === OP.LOCAL_GET) return this.#values.get(local) ?? (local >= this.#zeroFrom ? 0 : Infinity);
    this.#values.set(local, top);
    return op === OP.LOCAL_TEE ? top : Infinity;
  }
}
