import { OP, type InstructionCursor } from '../module/index.js';

/**
 * Which locals hold a constant, followed through straight code: wasmtime treats a bulk length that its compiler knows
 * differently from others, and a constant that went through a local is known to it.
 */
export class KnownConstants {
  readonly #source: Uint8Array;
  readonly #values = new Map<number, number>();
  #zeroFrom = Infinity;

  constructor(source: Uint8Array) {
    this.#source = source;
  }

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

  /** Reads the instruction at `at`, which lies right before the cursor's position, and returns the constant it leaves on top. */
  pushedAt(at: number, cursor: InstructionCursor): number {
    cursor.position = at;
    cursor.next();
    if (cursor.op === OP.I32_CONST) return cursor.first;
    if (cursor.op === OP.I64_CONST) return this.of64(cursor);
    return cursor.op === OP.LOCAL_GET ? this.through(cursor.op, cursor.first, Infinity) : Infinity;
  }

  /** Returns the constant of an `i64.const` if it takes one or two bytes. */
  of64({ operands }: InstructionCursor): number {
    const first = this.#source[operands] as number;
    if (first < 0x40) return first;
    const second = this.#source[operands + 1] as number;
    return first > 0x7f && second < 0x40 ? (first & 0x7f) | (second << 7) : Infinity;
  }
}
