export { createEngine, Instance, openLane } from './index.js';
export type {
  Engine,
  EngineOptions,
  HostImports,
  InstantiateOptions,
  LaneSetup,
  Plugin,
  RealtimeLane,
  Usage,
} from './index.js';
