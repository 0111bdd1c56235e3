import type { RealtimeLane } from './realtime-lane.js';

/** Crossfade from one instance to another. */
export type Crossfade = 'none' | 'linear' | 'equal-power';

type Channels = RealtimeLane['inputs'];

/** Options of a swappable lane. */
export interface SwappableLaneOptions {
  /**
   * Returns the lane to go on with, e.g. that of the old version after `Reloader.rollBackNow`; it processes the same block.
   * Without one the trap is thrown.
   */
  readonly onTrap?: (error: unknown) => RealtimeLane | undefined;
  /** Called after the last of `confirmBlocks`, e.g. to have `Reloader.confirm` close the old version. */
  readonly onConfirmed?: () => void;
}

/** Options of `SwappableLane.swap`. */
export interface LaneSwapOptions {
  /** @default 'none' */
  readonly crossfade?: Crossfade;
  /**
   * Number of blocks for which the present instance continues unheard, with the same input, so that it can come back as if it
   * had never been away. These blocks cost as much as both instances.
   * @default 0
   */
  readonly confirmBlocks?: number;
}

/**
 * A realtime lane that stays while the instances behind it come and go. The swap falls between two blocks; if a crossfade
 * is wanted, both instances process the first block, and the sound goes over from one to the other in it.
 */
export class SwappableLane {
  readonly #options: SwappableLaneOptions;
  #lane: RealtimeLane;
  #next: { readonly lane: RealtimeLane; readonly options: LaneSwapOptions } | undefined;
  /** The lane before this one, as long as it goes on. */
  #old: { readonly lane: RealtimeLane; readonly confirms: boolean; blocks: number } | undefined;

  constructor(lane: RealtimeLane, options: SwappableLaneOptions = {}) {
    this.#lane = lane;
    this.#options = options;
  }

  /** The lane of the instance that sounds. */
  get lane(): RealtimeLane {
    return this.#lane;
  }

  get maxFrames(): number {
    return this.#lane.maxFrames;
  }

  /** Buffers to write. Realtime: yes. Take them anew for each block. */
  get inputs(): Channels {
    return this.#lane.inputs;
  }

  /** Buffers to read after `process`. Realtime: yes. Take them anew for each block. */
  get outputs(): Channels {
    return this.#lane.outputs;
  }

  /**
   * Puts another lane in place with the next block. It has been opened with the same setup, and its instance has taken over
   * the state of the present one.
   *
   * The present instance has to live as long as it goes on: for the first block with a crossfade, and for `confirmBlocks`. If
   * it does not, it is not heard, and there is nothing to come back to. Realtime: yes.
   * @throws {RangeError} the lanes are of different shape
   */
  swap(lane: RealtimeLane, options: LaneSwapOptions = {}): void {
    const [have, given] = [this.#lane, lane].map(
      (each) => `${each.inputs.length} channels of ${each.maxFrames} frames`,
    );
    if (have !== given) throw new RangeError(`Cannot swap lanes: wanted ${have}, got ${given}`);
    this.#next = { lane, options };
  }

  /**
   * Processes one block. Realtime: yes; at the cost of both instances in the block of a crossfade and in `confirmBlocks`.
   * @throws {TrapError} WP_TRAP, WP_CLOSED if there is no lane to go on with
   */
  process(frames: number): void {
    const crossfade = this.#takeNext(frames);
    const old = this.#old;
    if (old === undefined) return this.#sound(frames);
    // Before the new instance has had a chance to write there.
    if (crossfade === undefined) copy(this.#lane.inputs, old.lane.inputs, frames);
    this.#sound(frames);
    // It has come back.
    if (this.#old === undefined) return;
    try {
      old.lane.process(frames);
    } catch {
      this.#old = undefined;
      return;
    }
    if (crossfade !== undefined && crossfade !== 'none') {
      mix(old.lane.outputs, this.#lane.outputs, { frames, crossfade });
    }
    if (--old.blocks <= 0) {
      this.#old = undefined;
      if (old.confirms) this.#options.onConfirmed?.();
    }
  }

  /** Puts the next lane in place, if there is one; then gives how the sound goes over to it. */
  #takeNext(frames: number): Crossfade | undefined {
    const next = this.#next;
    if (next === undefined) return undefined;
    this.#next = undefined;
    const { crossfade = 'none', confirmBlocks = 0 } = next.options;
    const blocks = Math.max(confirmBlocks, crossfade === 'none' ? 0 : 1);
    copy(this.#lane.inputs, next.lane.inputs, frames);
    this.#old = blocks > 0 ? { lane: this.#lane, confirms: confirmBlocks > 0, blocks } : undefined;
    this.#lane = next.lane;
    return crossfade;
  }

  #sound(frames: number): void {
    try {
      this.#lane.process(frames);
    } catch (error) {
      // A block that is too long is the caller's fault.
      const instead = frames <= this.maxFrames ? this.#options.onTrap?.(error) : undefined;
      if (instead === undefined) throw error;
      // A swap may have put that lane in place meanwhile.
      this.#next = undefined;
      if (instead !== this.#old?.lane) copy(this.#lane.inputs, instead.inputs, frames);
      this.#old = undefined;
      this.#lane = instead;
      instead.process(frames);
    }
  }
}

function copy(from: Channels, to: Channels, frames: number): void {
  for (let channel = 0; channel < from.length; channel++) {
    const [source, target] = [from[channel] as Float32Array, to[channel] as Float32Array];
    if (source !== target) target.set(source.subarray(0, frames));
  }
}

/** Goes from the old sound to the new one, which is in `into`. At the last frame only the new one is heard. */
function mix(
  old: Channels,
  into: Channels,
  { frames, crossfade }: { frames: number; crossfade: Crossfade },
): void {
  for (let channel = 0; channel < into.length; channel++) {
    const before = old[channel] as Float32Array;
    const after = into[channel] as Float32Array;
    for (let frame = 0; frame < frames; frame++) {
      const share = (frame + 1) / frames;
      const [fadingOut, fadingIn] =
        crossfade === 'linear'
          ? [1 - share, share]
          : [Math.cos((share * Math.PI) / 2), Math.sin((share * Math.PI) / 2)];
      after[frame] = (before[frame] as number) * fadingOut + (after[frame] as number) * fadingIn;
    }
  }
}
