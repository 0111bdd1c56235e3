/** Many plugins together, as `@wasm-plugin/engine/host` in Node. */
export { type CreatePluginHostOptions } from './create-plugin-host.js';
export { createPluginHost, NodePluginHost } from './create-plugin-host.node.js';
export { PACKED_SUFFIX, scan, type ScanResult } from './host/index.node.js';
export {
  Configuration,
  ENGINE_VERSION,
  ManagedPlugin,
  PluginHost,
  readPackage,
  wasm,
  type ComponentLoader,
  type ComponentPlugin,
  type ConfigurationChange,
  type DependencyLink,
  type Exports,
  type HostEvents,
  type LoadFailure,
  type LoadSettings,
  type LogLevel,
  type PackageQuery,
  type PluginHostOptions,
  type PluginPackage,
  type PluginState,
  type StartedInstance,
  type UnloadOptions,
} from './host/index.js';
