export { type CarryOptions, isAboutState, type Passage, saveState, StepFailure } from './carry.js';
export { copyFields } from './copy-fields.js';
export { decodeEnvelope, type Digest, encodeEnvelope, type EnvelopeOptions } from './envelope.js';
export { stateFrom } from './given-state.js';
export { askAhead, checkHealth, hasState, type StateBudget } from './guest-state.js';
export {
  migrateState,
  type Migration,
  migrationPath,
  type MigrationTarget,
  type StateGoal,
} from './migrations.js';
export type { SavedState } from './saved-state.js';
export { sha256 } from './sha256.js';
export { type SnapshotBounds, Snapshots } from './snapshots.js';
export { startFrom, type Start, type StateOrigin, type StateSource } from './state-source.js';
export { createMemoryStore, type SkippedState, type StateStore, type StoredState } from './store.js';
export { storedStates } from './stored-states.js';
