export { openLane, type LaneSetup, type RealtimeLane } from './audio/index.js';
export {
  createEngine,
  type Engine,
  type EngineOptions,
  type InstantiateOptions,
  type LoadOptions,
  type Plugin,
} from './engine.js';
export { type HostImports } from './link/index.js';
export { Instance, type Usage } from './runtime/index.js';
export { decodeWorld, type World } from './world/index.js';
