export { createEngine } from './create-engine.node.js';
export type { IsolatedEngine, IsolatedEngineOptions, IsolatedPlugin } from './create-isolated-engine.node.js';
export { decodeWorld, Instance, openLane } from './index.js';
export { IsolatedInstance } from './isolated/index.node.js';
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
