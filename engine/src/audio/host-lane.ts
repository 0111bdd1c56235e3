import { TrapError } from '@wasm-plugin/abi';
import type { Following, InstanceFollower } from '../reload/index.js';
import { BlockGaps } from './block-gaps.js';
import { LaneFollower } from './lane-follower.js';
import type { LaneOptions } from './lane-options.js';
import { LastingLane } from './lasting-lane.js';

/** The part of a plugin host that a lane needs. */
export interface LaneHost {
  follow(name: string, follower: InstanceFollower): Promise<Following>;
  confirm(name: string): void;
}

/**
 * A realtime lane of a plugin of a host. The host reloads the plugin; the lane goes on. To be closed.
 *
 * State: until it is closed, or the plugin is unloaded; `process` throws from then on. While the plugin is dead `process`
 * throws too, and goes on once the plugin was restarted.
 */
export class HostLane extends LastingLane {
  /** The plugin's name in its host. */
  readonly id: string;
  readonly #following: Following;
  #isClosed = false;

  constructor(id: string, { follower, following, gaps }: HostLaneParts) {
    super(follower.lane, gaps);
    this.id = id;
    this.#following = following;
  }

  /** @see LastingLane.process */
  override process(frames: number): void {
    if (this.#isClosed) throw closed(this.id);
    super.process(frames);
  }

  /** Lets the plugin go; it goes on without a lane. */
  close(): void {
    this.#isClosed = true;
    this.#following.close();
  }
}

interface HostLaneParts {
  readonly follower: LaneFollower;
  readonly following: Following;
  readonly gaps: BlockGaps;
}

/** Opens a lane of a plugin that runs in a host. */
export async function openHostLane(host: LaneHost, id: string, options: LaneOptions): Promise<HostLane> {
  const gaps = new BlockGaps();
  const follower = new LaneFollower(id, {
    ...options,
    gaps,
    onTrap: (error) => following.rollBackNow(error),
    onConfirmed: () => host.confirm(id),
  });
  const following = await host.follow(id, follower);
  return new HostLane(id, { follower, following, gaps });
}

function closed(plugin: string): TrapError {
  return new TrapError('WP_CLOSED', `Cannot process a block of "${plugin}": its lane is closed`, { plugin });
}
