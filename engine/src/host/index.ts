export { Configuration, type ConfigurationChange, type ConfigurationSource } from './configuration.js';
export { ENGINE_VERSION } from './engine-version.js';
export { type HostEvents } from './host-events.js';
export { ManagedPlugin, type DependencyLink, type StartedInstance } from './managed-plugin.js';
export { PLUGIN_HOST_OPTIONS, PluginHost } from './plugin-host.js';
export { PluginReloads } from './plugin-reloads.js';
export type { PluginReload, PluginReloadOptions, PluginReloadsOptions } from './plugin-reloads-options.js';
export type {
  LoadFailure,
  LoadSettings,
  PluginHostOptions,
  PluginSetOptions,
  UnloadOptions,
} from './plugin-host-options.js';
export { readPackage, type PluginPackage } from './plugin-package.js';
export type { SandboxFactory, SandboxSettings } from './plugin-sandbox.js';
export { type PluginState } from './plugin-state.js';
export { type PackageQuery } from './registry.js';
export { type ReloadVerdict } from './reload-verdict.js';
export { Supervisor } from './supervisor.js';
export type { SupervisorEvent, SupervisorOptions } from './supervisor-options.js';
export { type WatchEvent } from './watch-event.js';
export { CircuitBreaker, type BreakerOptions, type BreakerState } from './circuit-breaker.js';
export { backoffMs, type BackoffOptions } from './backoff.js';
export { type Exports } from './stable-exports.js';
export { wasm, type ComponentLoader, type ComponentPlugin } from './wasm-carrier.js';
export { type LogLevel } from '../sandbox/index.js';
