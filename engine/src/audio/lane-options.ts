import type { LaneSetup } from './realtime-lane.js';
import type { Crossfade } from './swappable-lane.js';

/** Options of a lane that stays while versions of its plugin come and go. */
export interface LaneOptions {
  readonly setup: LaneSetup;
  /** Crossfade from the old version to the new one. @default 'linear' */
  readonly crossfade?: Crossfade;
  /**
   * For how many blocks after a reload the old version goes on unheard, so that it can come back in the block in which the
   * new one traps. These blocks cost what both versions cost. At least 1.
   * @default 64
   */
  readonly confirmBlocks?: number;
}
