import type { InstructionCursor, ModuleIndex } from '../../module/index.js';

const PAGE_BYTES = 65_536;
const FIRST_ACCESS = 0x28;

/** Bytes that the accesses 0x28 to 0x3e touch. */
const ACCESS_BYTES = [4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4, 4, 8, 4, 8, 1, 2, 1, 2, 4];
/** The most of these. */
const MAX_BYTES = 8;
/** Bytes that the vector and atomic accesses touch, by opcode. */
const PREFIXED_BYTES = new Map<number, number>();

function prefixed(first: number, ...bytes: number[]): void {
  for (const [at, count] of bytes.entries()) PREFIXED_BYTES.set(first + at, count);
}

prefixed(0xfd000, 16, 8, 8, 8, 8, 8, 8, 1, 2, 4, 8, 16);
prefixed(0xfd054, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8);
prefixed(0xfe000, 4, 4, 8);
// Atomic loads, stores, and seven ways to modify; each of 32 and 64 bits, then of fewer.
for (let first = 0xfe010; first <= 0xfe048; first += 7) prefixed(first, 4, 8, 1, 2, 1, 2, 4);

/**
 * Finds the accesses that trap at any address, as their offset lies beyond the memory's maximum: wasmtime puts the counter into
 * the global before those.
 */
export class AccessBounds {
  readonly #bytes: readonly number[];

  constructor(index: ModuleIndex) {
    this.#bytes = index.memories.map(({ maximum, wide }) =>
      maximum === undefined ? (wide ? Infinity : 2 ** 32) : Number(maximum) * PAGE_BYTES,
    );
  }

  /** Accesses of the first memory whose offset is less than this do not trap for certain. */
  get harmless(): number {
    return Math.min(Math.max(0, (this.#bytes[0] ?? 0) - MAX_BYTES), 0xffffffff);
  }

  /** Returns true if the instruction is such an access. */
  trapsForCertain(cursor: InstructionCursor): boolean {
    const { op } = cursor;
    const bytes = op < 0x1000 ? ACCESS_BYTES[op - FIRST_ACCESS] : PREFIXED_BYTES.get(op);
    return bytes !== undefined && cursor.first + bytes > (this.#bytes[cursor.second] as number);
  }
}
