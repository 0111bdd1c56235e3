import { PluginError, type CarrierInstance } from '@wasm-plugin/abi';
import type { InstanceFollower } from '../reload/index.js';
import type { Instance } from '../runtime/index.js';
import type { BlockGaps } from './block-gaps.js';
import type { LaneOptions } from './lane-options.js';
import { openLane, type RealtimeLane } from './realtime-lane.js';
import { SwappableLane } from './swappable-lane.js';

/** Options of a `LaneFollower`. */
export interface LaneFollowerOptions extends LaneOptions {
  readonly gaps: BlockGaps;
  /** Returns the instance to go on with if the one that sounds has died. */
  readonly onTrap: (error: unknown) => CarrierInstance | undefined;
  readonly onConfirmed: () => void;
}

/** Opens the lane of each instance that a host prepares, and sounds by the one that serves. */
export class LaneFollower implements InstanceFollower {
  readonly #plugin: string;
  readonly #options: LaneFollowerOptions;
  readonly #lanes = new WeakMap<CarrierInstance, RealtimeLane>();
  #lane: SwappableLane | undefined;

  constructor(plugin: string, options: LaneFollowerOptions) {
    this.#plugin = plugin;
    this.#options = options;
  }

  /** The lane that sounds. State: after the first `swap`. */
  get lane(): SwappableLane {
    return this.#lane as SwappableLane;
  }

  /** Opens a lane in a gap between blocks. */
  async prepare(instance: CarrierInstance): Promise<void> {
    const { gaps } = this.#options;
    await gaps.next();
    this.#open(instance);
    await gaps.next();
  }

  swap(instance: CarrierInstance | undefined): void {
    if (instance === undefined) return;
    const lane = this.#lanes.get(instance) ?? this.#open(instance);
    const { crossfade = 'linear', confirmBlocks = 64, onTrap, onConfirmed } = this.#options;
    if (this.#lane !== undefined) return this.#lane.swap(lane, { crossfade, confirmBlocks });
    this.#lane = new SwappableLane(lane, {
      onTrap: (error) => {
        const instead = onTrap(error);
        return instead && this.#lanes.get(instead);
      },
      onConfirmed,
    });
  }

  nextTurn(): Promise<void> {
    return this.#options.gaps.next();
  }

  #open(instance: CarrierInstance): RealtimeLane {
    const lane = openLane(componentOf(instance, this.#plugin), this.#options.setup);
    this.#lanes.set(instance, lane);
    return lane;
  }
}

/** @throws {PluginError} WP_CARRIER if the instance is no component on this thread: its memory is out of reach */
function componentOf(instance: CarrierInstance, plugin: string): Instance<object> {
  if ('memoryOf' in instance) return instance as CarrierInstance & Instance<object>;
  const reason = `"${plugin}" is no component that runs on this thread`;
  throw new PluginError('WP_CARRIER', `Cannot open a realtime lane: ${reason}`, { plugin });
}
