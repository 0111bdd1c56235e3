import type { Address } from './ffi.js';
import { koffiFfi } from './koffi-ffi.js';
import { commonLibc } from './common-libc.js';

/** Bytes of `fenv_t`, with room. */
const BYTES = 64;

/** The smallest number, 1, and a quarter of the distance from 1 to its neighbours: read from memory, so that nobody folds them. */
const PROBES = new Float64Array([Number.MIN_VALUE, 1, 2 ** -54]);

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
    commonLibc().fegetenv(address);
    return new FloatEnvironment(address);
  }

  /** Makes it the environment of the thread again. Realtime: yes. */
  restore(): void {
    commonLibc().fesetenv(this.#address);
  }

  /**
   * Restores the environment if JavaScript's arithmetic has changed, which three additions find out: a native call would cost
   * more than a block. Does not see which exceptions trap. Realtime: yes.
   */
  restoreIfChanged(): void {
    const tiny = PROBES[0] as number;
    const one = PROBES[1] as number;
    const less = PROBES[2] as number;
    if (tiny + tiny === 0 || one + less !== 1 || one - less !== 1) this.restore();
  }
}
