export { SYSTEM_CLOCK, sleep, type Clock } from './clock.js';
export { copyFields } from './copy-fields.js';
export { decodeEnvelope, encodeEnvelope, type Digest, type EnvelopeOptions } from './envelope.js';
export { findInterface, interfaceNames, type InterfaceFunction } from './find-interface.js';
export { checkHealth, type StateBudget } from './guest-state.js';
export { type IdleOptions } from './idle.js';
export { type JournalBounds } from './journal.js';
export {
  migrateState,
  migrationPath,
  type Migration,
  type MigrationTarget,
  type StateGoal,
} from './migrations.js';
export type {
  CatchUp,
  RecoveryResult,
  ReloaderOptions,
  ReloadEvent,
  ReloadOptions,
  ReloadResult,
  RollbackResult,
  StateOrigin,
} from './reload-options.js';
export {
  openReloadableLane,
  type LaneEngine,
  type LanePlugin,
  type LaneReloadOptions,
  type LaneVersion,
  type ReloadableLane,
  type ReloadableLaneOptions,
} from './reloadable-lane.js';
export { Reloader } from './reloader.js';
export { type SavedState } from './saved-state.js';
export { sha256 } from './sha256.js';
export { Snapshots, type SnapshotBounds } from './snapshots.js';
export { createMemoryStore, type SkippedState, type StateStore, type StoredState } from './store.js';
export { type Exports, type ReloadSubject, type RunningVersion } from './subject.js';
export { type TrialOptions } from './trial.js';
export {
  SwappableLane,
  type Crossfade,
  type LaneSwapOptions,
  type SwappableLaneOptions,
} from './swappable-lane.js';
