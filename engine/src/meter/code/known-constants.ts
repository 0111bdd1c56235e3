import { InstructionCursor, OP, type IndexSpaces } from '../../module/index.js';

/**
 * Constants in the locals and on top of the stack, traced through straight code: wasmtime charges a bulk length that its
 * compiler knows in another way, including constants that went through a local or out of a block. Few bodies have bulk
 * instructions, so code is read only on a request for a place in it.
 */
export class KnownConstants {
  readonly #source: Uint8Array;
  readonly #cursor: InstructionCursor;
  readonly #locals = new Map<number, number>();
  #zeroFrom = Infinity;
  #count = 0;
  #top = Infinity;
  #isForgotten = false;
  /** The offset up to which the code was read. */
  #position = 0;

  constructor(source: Uint8Array, spaces: IndexSpaces) {
    this.#source = source;
    this.#cursor = new InstructionCursor(source, spaces);
  }

  /** Starts a body: locals that are not parameters begin as zero. */
  begin(position: number, { params, locals }: { params: number; locals: number }): void {
    this.#position = position;
    this.#count = locals;
    this.#clear();
    this.#zeroFrom = params;
  }

  /** Forgets all: control flow joins at `position`. */
  forget(position: number): void {
    this.#position = position;
    this.#isForgotten = true;
  }

  #clear(): void {
    // Clearing makes a new table, and there is rarely anything in it.
    if (this.#locals.size > 0) this.#locals.clear();
    this.#zeroFrom = Infinity;
    this.#top = Infinity;
    this.#isForgotten = false;
  }

  /** Reads on to `position`, and returns the constant on top there, or infinity. It is straight code since `forget`. */
  topAt(position: number): number {
    const cursor = this.#cursor;
    if (this.#isForgotten) this.#clear();
    cursor.enter(this.#position, position, this.#count);
    while (!cursor.done) {
      cursor.next();
      this.#top = this.#topAfter(cursor);
    }
    this.#position = position;
    return this.#top;
  }

  /** Forgets the top of the stack at `position`. */
  forgetTop(position: number): void {
    this.topAt(position);
    this.#top = Infinity;
  }

  #topAfter(cursor: InstructionCursor): number {
    const top = this.#top;
    switch (cursor.op) {
      case OP.NOP:
      case OP.END:
        return top;
      case OP.I32_CONST:
        return cursor.first;
      case OP.I64_CONST:
        return this.#short(cursor.operands);
      case OP.LOCAL_GET:
        return this.#locals.get(cursor.first) ?? (cursor.first >= this.#zeroFrom ? 0 : Infinity);
      case OP.LOCAL_TEE:
        this.#locals.set(cursor.first, top);
        return top;
      case OP.LOCAL_SET:
        this.#locals.set(cursor.first, top);
        return Infinity;
      default:
        return Infinity;
    }
  }

  /** Returns the signed integer at an offset if it is not negative and takes one or two bytes; otherwise infinity. */
  #short(offset: number): number {
    const first = this.#source[offset] as number;
    if (first < 0x40) return first;
    const second = this.#source[offset + 1] as number;
    return first > 0x7f && second < 0x40 ? (first & 0x7f) | (second << 7) : Infinity;
  }
}
