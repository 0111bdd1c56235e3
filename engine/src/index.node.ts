export { createEngine } from './create-engine.node.js';
export type { IsolatedEngine, IsolatedEngineOptions, IsolatedPlugin } from './create-isolated-engine.node.js';
export {
  AbiError,
  CapabilityError,
  ConfigError,
  decodeWorld,
  ExitError,
  GuestError,
  Instance,
  ManifestError,
  ModuleError,
  openLane,
  PluginError,
  QuotaError,
  ReloadError,
  StateError,
  TrapError,
} from './index.js';
export { IsolatedInstance, type Promised } from './isolated/index.node.js';
export type {
  Engine,
  EngineOptions,
  ErrorCode,
  GuestFrame,
  HostImports,
  InstantiateOptions,
  LaneSetup,
  Limits,
  LoadOptions,
  Plugin,
  RealtimeLane,
  ResolvedLimits,
  Usage,
  World,
} from './index.js';
