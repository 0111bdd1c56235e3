import type { ExposedSizes } from '../meter/index.js';

/** Sums up the memories and tables of core instances that no meter watches. */
export class UnmeteredSizes {
  readonly #memories = new Set<WebAssembly.Memory>();
  readonly #tables = new Set<WebAssembly.Table>();
  #fixedBytes = 0;
  #fixedElements = 0;

  /**
   * Counts the memories and tables of a core instance.
   * @param sizes `undefined` for a module that the host gave compiled: of that only its exports are counted
   */
  add(exports: WebAssembly.Exports, sizes: ExposedSizes | undefined): void {
    const names = sizes === undefined ? Object.keys(exports) : [...sizes.memories, ...sizes.tables];
    for (const name of names) {
      const item = exports[name];
      if (item instanceof WebAssembly.Memory) this.#memories.add(item);
      if (item instanceof WebAssembly.Table) this.#tables.add(item);
    }
    this.#fixedBytes += sizes?.fixedBytes ?? 0;
    this.#fixedElements += sizes?.fixedElements ?? 0;
  }

  get memoryBytes(): number {
    let sum = this.#fixedBytes;
    for (const { buffer } of this.#memories) sum += buffer.byteLength;
    return sum;
  }

  get tableElements(): number {
    let sum = this.#fixedElements;
    // Of a table with 64-bit indices it is a BigInt.
    for (const { length } of this.#tables) sum += Number(length);
    return sum;
  }
}
