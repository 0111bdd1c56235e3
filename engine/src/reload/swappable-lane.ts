import type { RealtimeLane } from '../audio/index.js';

/** How sound goes over from one instance to another. */
export type Crossfade = 'none' | 'linear' | 'equal-power';

type Channels = RealtimeLane['inputs'];

/** What a lane that can be swapped does when its plugin traps. */
export interface SwappableLaneOptions {
  /**
   * Gives the lane to go on with, e.g. that of the old version after `Reloader.rollBackNow`; it processes the same block.
   * Without one the trap is thrown.
   */
  readonly onTrap?: (error: unknown) => RealtimeLane | undefined;
}

/**
 * A realtime lane that stays while the instances behind it come and go. The swap falls between two blocks; where a crossfade
 * is wanted, both instances process the first block, and the sound goes over from one to the other in it.
 */
export class SwappableLane {
  readonly #onTrap: SwappableLaneOptions['onTrap'];
  #lane: RealtimeLane;
  #next: { readonly lane: RealtimeLane; readonly crossfade: Crossfade } | undefined;

  constructor(lane: RealtimeLane, { onTrap }: SwappableLaneOptions = {}) {
    this.#lane = lane;
    this.#onTrap = onTrap;
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
   * The present instance has to live until that block is over for the crossfade; where it does not, there is none.
   * Realtime: yes.
   * @throws {RangeError} the lanes are of different shape
   */
  swap(lane: RealtimeLane, { crossfade = 'none' }: { crossfade?: Crossfade } = {}): void {
    const [have, given] = [this.#lane, lane].map(
      (each) => `${each.inputs.length} channels of ${each.maxFrames} frames`,
    );
    if (have !== given) throw new RangeError(`Cannot swap lanes: wanted ${have}, got ${given}`);
    this.#next = { lane, crossfade };
  }

  /**
   * Processes one block. Realtime: yes; in the block of a crossfade at the cost of both instances.
   * @throws {TrapError} WP_TRAP, WP_CLOSED where there is no lane to go on with
   */
  process(frames: number): void {
    const next = this.#next;
    if (next !== undefined) {
      this.#next = undefined;
      this.#change(next, frames);
      return;
    }
    try {
      this.#lane.process(frames);
    } catch (error) {
      const instead = this.#onTrap?.(error);
      if (instead === undefined) throw error;
      // That lane may have been put in place by a swap meanwhile.
      this.#next = undefined;
      copy(this.#lane.inputs, instead.inputs, frames);
      this.#lane = instead;
      instead.process(frames);
    }
  }

  #change({ lane, crossfade }: { lane: RealtimeLane; crossfade: Crossfade }, frames: number): void {
    const old = this.#lane;
    copy(old.inputs, lane.inputs, frames);
    this.#lane = lane;
    if (crossfade === 'none') {
      this.process(frames);
      return;
    }
    let sounds = true;
    try {
      old.process(frames);
    } catch {
      sounds = false;
    }
    this.process(frames);
    if (sounds && this.#lane === lane) mix(old.outputs, lane.outputs, { frames, crossfade });
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
