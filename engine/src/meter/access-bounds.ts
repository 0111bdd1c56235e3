import type { InstructionCursor, ModuleIndex } from '../module/index.js';

const PAGE_BYTES = 65_536;
const FIRST_ACCESS = 0x28;
const LAST_ACCESS = 0x3e;

/** Bytes that the accesses 0x28 to 0x3e touch. */
const ACCESS_BYTES = [4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4, 4, 8, 4, 8, 1, 2, 1, 2, 4];

/**
 * Finds the accesses that trap whatever their address is, as their offset lies beyond what the memory may ever have:
 * wasmtime puts the counter into the global before those.
 */
export class AccessBounds {
  readonly #bytes: readonly number[];

  constructor(index: ModuleIndex) {
    this.#bytes = index.memories.map(({ maximum, wide }) =>
      maximum === undefined ? (wide ? Infinity : 2 ** 32) : Number(maximum) * PAGE_BYTES,
    );
  }

  /** Tells whether the instruction is such an access. */
  trapsForCertain(cursor: InstructionCursor): boolean {
    const { op } = cursor;
    if (op < FIRST_ACCESS || op > LAST_ACCESS) return false;
    return (
      cursor.first + (ACCESS_BYTES[op - FIRST_ACCESS] as number) > (this.#bytes[cursor.second] as number)
    );
  }
}
