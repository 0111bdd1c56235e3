import type { BlockGaps } from './block-gaps.js';
import type { RealtimeLane } from './realtime-lane.js';
import type { SwappableLane } from './swappable-lane.js';

/** A realtime lane that stays while versions of its plugin come and go. A host of audio calls it in each block. */
export class LastingLane {
  readonly #lane: SwappableLane;
  readonly #gaps: BlockGaps;

  constructor(lane: SwappableLane, gaps: BlockGaps) {
    this.#lane = lane;
    this.#gaps = gaps;
  }

  get maxFrames(): number {
    return this.#lane.maxFrames;
  }

  /** Buffers to write. Realtime: yes. Take them anew for each block. */
  get inputs(): RealtimeLane['inputs'] {
    return this.#lane.inputs;
  }

  /** Buffers to read after `process`. Realtime: yes. Take them anew for each block. */
  get outputs(): RealtimeLane['outputs'] {
    return this.#lane.outputs;
  }

  /**
   * Processes one block. Where a new version traps before it is confirmed, the old one processes the block.
   *
   * Realtime: yes; at the cost of both versions until a new one is confirmed.
   * @param frames - 1 to `maxFrames`
   * @throws {RangeError} `frames` is greater than `maxFrames`
   * @throws {TrapError} WP_TRAP, WP_CLOSED where there is no version to go on with
   */
  process(frames: number): void {
    this.#lane.process(frames);
    this.#gaps.blockEnded();
  }
}
