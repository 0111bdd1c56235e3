import { ModuleError } from '@wasm-plugin/abi';

/** The most times its size that a module may grow to. Compiled programs grow to 1.2 to 2 times, tiny ones more. */
const MAX_GROWTH = 6;
/** The size that every module may grow to. */
const MIN_BUDGET_BYTES = 16 << 20;

/** Bounds the output of metering a module, for modules made to become enormous. */
export class GrowthBudget {
  readonly #most: number;
  #written = 0;

  /** @param moduleBytes the size of the original */
  constructor(moduleBytes: number) {
    this.#most = Math.max(MIN_BUDGET_BYTES, moduleBytes * MAX_GROWTH);
  }

  /**
   * Books bytes that were written.
   *
   * @throws {ModuleError} WP_MODULE_LIMIT if they are too many
   */
  book(bytes: number): void {
    this.#written += bytes;
    if (this.#written <= this.#most) return;
    throw new ModuleError('WP_MODULE_LIMIT', `the metered module would be larger than ${this.#most} bytes`, {
      offset: 0,
      section: 'code',
    });
  }
}
