/** Many plugins together, as `@wasm-plugin/engine/host` in Node. */
export { createPluginHost, type CreatePluginHostOptions } from './create-plugin-host.node.js';
export { type NodePluginHost, type ScanResult, type WatchPluginOptions } from './host/index.node.js';
export {
  ENGINE_VERSION,
  readPackage,
  type BackoffOptions,
  type BreakerOptions,
  type BreakerState,
  type HostEvents,
  type LoadFailure,
  type LoadSettings,
  type LogLevel,
  type ManagedPlugin,
  type PackageQuery,
  type PluginHost,
  type PluginPackage,
  type PluginReload,
  type PluginReloadOptions,
  type PluginReloadsOptions,
  type PluginState,
  type ReloadVerdict,
  type SandboxFactory,
  type SandboxSettings,
  type SupervisorEvent,
  type SupervisorOptions,
  type UnloadOptions,
  type WatchEvent,
} from './host/index.js';
