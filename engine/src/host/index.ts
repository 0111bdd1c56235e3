/** Many plugins together, as `@wasm-plugin/engine/host`. */
export { createPluginHost, type CreatePluginHostOptions } from './create-plugin-host.js';
export { type BackoffOptions } from './backoff.js';
export { type BreakerOptions, type BreakerState } from './circuit-breaker.js';
export {
  type BusEvent,
  type BusFault,
  type BusOptions,
  type EventBus,
  type EventContent,
  type ListenOptions,
  type SubscriberCounts,
} from './bus/index.js';
export { ENGINE_VERSION } from './engine-version.js';
export {
  type ExtensionEvent,
  type ExtensionOptions,
  type ExtensionPoint,
  type FirstOptions,
  type ProviderAnswer,
} from './extensions/index.js';
export { type HostEvents } from './host-events.js';
export { type LiveOptions, type PluginBuilder } from './live/index.js';
export { type LifeEvent } from './life-event.js';
export { type ManagedPlugin } from './managed-plugin.js';
export { type PluginHost } from './plugin-host.js';
export {
  type HostSettings,
  type LoadFailure,
  type LoadSettings,
  type UnloadOptions,
} from './plugin-host-options.js';
export { readPackage, type PluginPackage } from './plugin-package.js';
export {
  type PluginReload,
  type PluginReloadOptions,
  type PluginReloadsOptions,
} from './plugin-reloads-options.js';
export { type SandboxFactory, type SandboxSettings } from './plugin-sandbox.js';
export { type PluginState } from './plugin-state.js';
export { type PackageQuery } from './registry.js';
export {
  type Diagnosis,
  type FunctionMetrics,
  type LimitUse,
  type PluginMetrics,
  type RecordedEvent,
} from './metrics/index.js';
export { type Reconfiguration, type SettingsChange } from './reconfigure.js';
export { type ReloadVerdict } from './reload-verdict.js';
export { type SupervisorEvent, type SupervisorOptions } from './supervisor-options.js';
export { type WatchEvent } from './watch-event.js';
export { type Following, type InstanceFollower } from '../reload/index.js';
export { type LogLevel } from '../sandbox/index.js';
