export { createEngine, decodeWorld, Instance, openLane } from './index.js';
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
  World,
} from './index.js';
