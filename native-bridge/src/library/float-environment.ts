import type { Address } from './ffi.js';
import { koffiFfi } from './koffi-ffi.js';
import { libc } from './libc.js';

/** Bytes of `fenv_t`, with room. */
const BYTES = 64;

/**
 * The floating-point environment of the thread: rounding, and whether denormals count as zero. Some libraries change it as
 * they are loaded (`-ffast-math` links code that does), which changes JavaScript's arithmetic.
 */
export class FloatEnvironment {
  readonly #address: Address;

  private constructor(address: Address) {
    this.#address = address;
  }

  /** Takes the present environment. */
  static present(): FloatEnvironment {
    const { address } = koffiFfi.allocate(BYTES);
    libc().fegetenv(address);
    return new FloatEnvironment(address);
  }

  /** Makes it the environment of the thread again. Realtime: yes. */
  restore(): void {
    libc().fesetenv(this.#address);
  }
}
