export { openLane, RealtimeLane, type LaneSetup } from './realtime-lane.js';
