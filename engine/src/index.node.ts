export { createEngine, Instance, openLane } from './index.js';
export type {
  Engine,
  EngineOptions,
  HostImports,
  InstantiateOptions,
  LaneSetup,
  LoadOptions,
  Plugin,
  RealtimeLane,
  Usage,
} from './index.js';
