export { type HostLane, type LaneHost } from './host-lane.js';
export { type LaneOptions } from './lane-options.js';
export { type LaneEngine } from './lane-version.js';
export { openReloadableLane } from './open-reloadable-lane.js';
export { openLane, RealtimeLane, type LaneSetup } from './realtime-lane.js';
export {
  type LaneReloadOptions,
  type LaneVersion,
  type ReloadableLane,
  type ReloadableLaneOptions,
} from './reloadable-lane.js';
export { type Crossfade } from './swappable-lane.js';
