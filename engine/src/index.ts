export { openLane, type LaneSetup, type RealtimeLane } from './audio/index.js';
export {
  AbiError,
  CapabilityError,
  ConfigError,
  ExitError,
  GuestError,
  ManifestError,
  ModuleError,
  PluginError,
  QuotaError,
  ReloadError,
  StateError,
  TrapError,
  type ErrorCode,
  type GuestFrame,
  type Limits,
  type ResolvedLimits,
} from '@wasm-plugin/abi';
export {
  createEngine,
  type Engine,
  type EngineOptions,
  type LoadOptions,
  type Plugin,
} from './engine/index.js';
export type { HostImports } from './link/index.js';
export { Instance, type InstantiateOptions, type Usage } from './runtime/index.js';
export { decodeWorld, type World } from './world/index.js';
