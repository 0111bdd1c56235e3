export { findInterface, interfaceNames, type CatchUp, type JournalBounds } from './calls/index.js';
export { SYSTEM_CLOCK, sleep, type Clock } from './clock.js';
export type { Following, InstanceFollower } from './instance-follower.js';
export type {
  RecoveryResult,
  ReloaderOptions,
  ReloadEvent,
  ReloadOptions,
  ReloadResult,
  RollbackResult,
} from './reload-options.js';
export { Reloader } from './reloader.js';
export {
  type CarryOptions,
  checkHealth,
  copyFields,
  createMemoryStore,
  decodeEnvelope,
  encodeEnvelope,
  migrateState,
  migrationPath,
  saveState,
  startFrom,
  storedStates,
  type Migration,
  type MigrationTarget,
  type SavedState,
  type SkippedState,
  type SnapshotBounds,
  type StateBudget,
  type StateOrigin,
  type StateStore,
  type StoredState,
} from './state/index.js';
export type { IdleOptions, TrialOptions } from './strategy/index.js';
export type { Exports, ReloadSubject, RunningVersion } from './subject.js';
