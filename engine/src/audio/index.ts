export { openLane, RealtimeLane, type LaneSetup } from './realtime-lane.js';
export {
  openReloadableLane,
  type LaneReloadOptions,
  type LaneVersion,
  type ReloadableLane,
  type ReloadableLaneOptions,
} from './reloadable-lane.js';
export { type Crossfade } from './swappable-lane.js';
