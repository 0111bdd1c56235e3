import { ModuleError, printable } from '@wasm-plugin/abi';

/** Work that any file may cause, however small. */
const BASE_WORK = 2_000_000;

/** Work that each byte of a file may cause on top. */
const WORK_PER_BYTE = 8;

/**
 * The place that validation has reached, and the work it has done. Type checking may visit the same type again and again; the
 * budget keeps the sum of it in proportion to the size of the file.
 */
export class Progress {
  /** Offset of the definition being checked. */
  at = 0;
  /** The section it lies in, as the kind of its definitions. */
  section: string | undefined;
  #left: number;
  left() {
    return this.#left;
  }

  constructor(fileBytes: number) {
    this.#left = BASE_WORK + WORK_PER_BYTE * fileBytes;
  }

  /** @throws {ModuleError} WP_MODULE_LIMIT once a file has caused more work than its size allows */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw this.limit('type checking takes too many steps');
  }

  /** Builds the error for a definition that breaks a rule. */
  invalid(reason: string): ModuleError {
    return new ModuleError('WP_MODULE_INVALID', printable(reason), this.#where());
  }

  /** Builds the error for a definition that is larger than this engine takes. */
  limit(reason: string): ModuleError {
    return new ModuleError('WP_MODULE_LIMIT', printable(reason), this.#where());
  }

  /** Builds the error for something valid that this engine does not have. */
  unsupported(feature: string): ModuleError {
    return new ModuleError('WP_MODULE_UNSUPPORTED', `${feature} is not supported`, this.#where());
  }

  #where(): { offset: number; section: string | undefined } {
    return { offset: this.at, section: this.section?.replace('-', ' ') };
  }
}
