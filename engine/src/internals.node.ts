/**
 * Parts of the engine for this project's own programs, benches and tests, in Node, as `@wasm-plugin/engine/internals`. Not for
 * embedders: any of it may change or go with any version.
 */
export { ByteReader, ByteWriter } from './binary/index.js';
export {
  decodeComponent,
  describeValue,
  validateComponent,
  type Component,
  type CoreModuleDefinition,
  type Definition,
  type ResolvedComponent,
  type ResolvedExtern,
  type ResolvedFunc,
  type ResolvedItems,
  type ResolvedType,
  type ResolvedValue,
  type Resource,
} from './component/index.js';
export { decodeModule, type CoreModule } from './module/index.js';
export { ComponentCache, coreModulesOf, equalBytes, type CompiledComponent } from './runtime/index.js';
export { camelCase, memberKey, parseFunctionName, pascalCase } from './canonical/index.js';
export { isPrivateAddress } from './sandbox/http/index.js';
export { findInSourceMap, findLines, TRACE_STEPS, TraceBudget, type LineSections } from './trace/index.js';
export { backoffMs } from './host/backoff.js';
export { CircuitBreaker } from './host/circuit-breaker.js';
export { Configuration } from './host/configuration.js';
export { PluginReloads } from './host/plugin-reloads.js';
export { reloadOnChange, type ReloadOnChangeOptions } from './host/reload-on-change.node.js';
export { Supervisor } from './host/supervisor.js';
export { wasm, type ComponentLoader, type ComponentPlugin } from './host/wasm-carrier.js';
export { BlockGaps } from './audio/block-gaps.js';
export { SwappableLane } from './audio/swappable-lane.js';
export {
  checkHealth,
  migrateState,
  migrationPath,
  Reloader,
  SYSTEM_CLOCK,
  type Exports,
  type ReloadSubject,
  type RunningVersion,
} from './reload/index.js';
export { sha256 } from './reload/state/sha256.js';
export { contentHash, ignoring, readContent, type Content } from './reload/index.node.js';
