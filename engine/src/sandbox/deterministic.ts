import type { HostClock } from './host-clock.js';

/** Substitutes for the clock and the random numbers of a plugin that was granted neither. */
export interface DeterministicOptions {
  /** Of the random numbers, which are no secret: the same seed gives the same ones. @default 0 */
  seed?: number;
  /** Start of the wall clock, in ms since 1970. @default 0 */
  startMs?: number;
}

/** Sources that are the same in every run, for a plugin that gets nothing of the machine. */
export interface DeterministicSources {
  readonly clock: DeterministicClock;
  fill(bytes: Uint8Array): void;
}

/** Makes the sources for one instance; `undefined` if the host does not choose them. */
export function deterministicSources(
  chosen: boolean | DeterministicOptions | undefined,
): DeterministicSources | undefined {
  if (chosen === undefined || chosen === false) return undefined;
  const { seed = 0, startMs = 0 } = chosen === true ? {} : chosen;
  return { clock: new DeterministicClock(startMs), fill: seededFill(seed) };
}

/** A clock that goes on by a microsecond each time that it is read, so that a loop which waits for a time ends. */
export class DeterministicClock implements HostClock {
  readonly #startNs: bigint;
  #elapsedNs = 0n;

  constructor(startMs: number) {
    this.#startNs = BigInt(Math.round(startMs * 1e6));
  }

  monotonicNs(): bigint {
    return (this.#elapsedNs += 1000n);
  }

  wallNs(): bigint {
    return this.#startNs + this.monotonicNs();
  }

  /** Advances the clock to a time at once: waiting ends there immediately. */
  goOnTo(ns: bigint): void {
    if (ns > this.#elapsedNs) this.#elapsedNs = ns;
  }
}

/** Fills arrays from one sequence (splitmix32). */
function seededFill(seed: number): (bytes: Uint8Array) => void {
  let state = seed | 0;
  return (bytes) => {
    for (let at = 0; at < bytes.length; at += 4) {
      state = (state + 0x9e37_79b9) | 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
      mixed ^= mixed >>> 15;
      for (let byte = 0; byte < 4; byte++) bytes[at + byte] = mixed >>> (8 * byte);
    }
  };
}
