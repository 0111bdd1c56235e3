import type { Clock } from '../clock.js';
import type { SavedState } from './saved-state.js';

/** Bounds of the states in memory. */
export interface SnapshotBounds {
  /** @default 4 */
  readonly count?: number;
  /** All payloads together. @default 64 MiB */
  readonly bytes?: number;
  /** @default no end */
  readonly maxAgeMs?: number;
}

/** The last good states of one plugin, in memory. The oldest go when there are too many, or when they are too old. */
export class Snapshots {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #bounds: Required<SnapshotBounds>;
  #kept: { readonly state: SavedState; readonly at: number }[] = [];

  constructor(clock: Pick<Clock, 'now'>, bounds: SnapshotBounds = {}) {
    this.#clock = clock;
    const { count = 4, bytes = 64 * 2 ** 20, maxAgeMs = Infinity } = bounds;
    this.#bounds = { count, bytes, maxAgeMs };
  }

  /** Adds a state. One that is larger than the bound is not kept, and neither are the older ones. */
  add(state: SavedState): void {
    this.#kept.push({ state, at: this.#clock.now() });
    const { count, bytes } = this.#bounds;
    let sum = this.#kept.reduce((total, { state: { payload } }) => total + payload.length, 0);
    while (this.#kept.length > count || sum > bytes) sum -= this.#kept.shift()?.state.payload.length ?? sum;
  }

  /** The states that are not too old, newest first. */
  list(): SavedState[] {
    const since = this.#clock.now() - this.#bounds.maxAgeMs;
    this.#kept = this.#kept.filter(({ at }) => at >= since);
    return this.#kept.map(({ state }) => state).toReversed();
  }

  get latest(): SavedState | undefined {
    return this.list()[0];
  }

  clear(): void {
    this.#kept = [];
  }
}
