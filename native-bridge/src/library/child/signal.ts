import type { Address } from '../ffi.js';
import { libc } from '../libc.js';
import type { SharedMemory } from './shared-memory.js';

/** More failed attempts to take a signal mean that the other side writes nonsense into it. */
const MAX_ATTEMPTS = 16;

/**
 * A counter in shared memory that one side raises and the other waits for, by futex. The semaphores of the C library serve
 * processes that trust each other: glibc ends the process if the other side has written nonsense into one. Here nonsense
 * is no signal, or a signal too many, which the protocol refuses. Realtime: yes.
 */
export class Signal {
  /** Raises it by one. */
  readonly post: () => void;
  /** Takes one if there is one. Never waits. */
  readonly tryTake: () => boolean;
  /**
   * Waits until there is one, or until an instant of the monotonic clock: the address of a `timespec`, 0 for no end. May return
   * early. Returns true if one was taken.
   */
  readonly take: (until: Address) => boolean;

  /** @param place offset in the memory, a multiple of 4 */
  constructor({ address, bytes }: SharedMemory, place: number) {
    const word = new Int32Array(bytes, place, 1);
    // The address as a variable of closures: read from a field, it would be a new number object each time.
    const at = address + place;
    const { futexWait, futexWake } = libc();
    const tryTake = (): boolean => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const count = Atomics.load(word, 0);
        if (count <= 0) return false;
        if (Atomics.compareExchange(word, 0, count, count - 1) === count) return true;
      }
      return false;
    };
    this.tryTake = tryTake;
    this.take = (until) => {
      if (tryTake()) return true;
      const count = Atomics.load(word, 0);
      if (count <= 0) futexWait(at, count, until);
      return tryTake();
    };
    this.post = () => {
      Atomics.add(word, 0, 1);
      futexWake(at);
    };
  }
}
