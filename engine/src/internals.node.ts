/** Parts of the engine for this project's own tests and benches, which have them as `#internals`. They are not published. */
export { BlockGaps } from './audio/block-gaps.js';
export { SwappableLane } from './audio/swappable-lane.js';
export { InstanceContext } from './canonical/instance-context.js';
export { CHORES, ENDED, FREE, RUNNING, SUSPENDED } from './canonical/lock.js';
export { RootState } from './canonical/root-state.js';
export { compatibilityTrack, isVersionOf, parseExternName, versionFrom } from './component/index.js';
export { PluginReloads } from './host/plugin-reloads.js';
export { reloadOnChange, type ReloadOnChangeOptions } from './host/reload-on-change.node.js';
export { Supervisor } from './host/supervisor.js';
export { wasm, type ComponentLoader, type ComponentPlugin } from './host/wasm-carrier.js';
export {
  functionTypeAt,
  indexModule,
  InstructionCursor,
  OP,
  TYPE_I64,
  type ModuleIndex,
  type ValueType,
} from './module/index.js';
export {
  migrateState,
  migrationPath,
  Reloader,
  SYSTEM_CLOCK,
  type Exports,
  type ReloadSubject,
  type RunningVersion,
} from './reload/index.js';
export { findInterface, interfaceNames, Journal } from './reload/calls/index.js';
export { contentHash, ignoring, readContent, type Content } from './reload/index.node.js';
export { WatchedTree } from './reload/watch/watched-tree.node.js';
export { Snapshots } from './reload/state/index.js';
export { sha256 } from './reload/state/sha256.js';
export { ComponentCache, equalBytes, SerialQueue, type CompiledComponent } from './runtime/index.js';
export { isPrivateAddress } from './sandbox/http/index.js';
export { findInSourceMap, findLines, TRACE_STEPS, TraceBudget, type LineSections } from './trace/index.js';
