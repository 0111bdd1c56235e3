import { ABI_VERSION, LIMITS, PluginError, StateError, type ReloadFacts } from '@wasm-plugin/abi';
import { compareVersions } from '@wasm-plugin/abi/version';
import type { Clock } from '../clock.js';
import { checkHealth, hasState, restore, schemaOf, serialize, type StateBudget } from './guest-state.js';
import { migrateState, migrationPath, type Migration } from './migrations.js';
import type { SavedState } from './saved-state.js';
import { orElse, whenDone, type Eventual } from '../eventual.js';
import type { RunningVersion } from '../subject.js';

const MOST_STATE_BYTES = LIMITS.stateBytes.fallback;

/** Options of the steps that save and carry states. */
export interface CarryOptions {
  readonly plugin: string;
  readonly migrations: readonly Migration[];
  readonly budget: StateBudget;
  readonly clock: Clock;
  /** Versions in between, lowest first, that a state goes through if it is older than they are. @default none */
  readonly via?: readonly RunningVersion[];
  /** Told when a state has gone through a version. */
  readonly onPassed?: (passage: Passage) => void;
}

/** A version that a state went through on its way. */
export interface Passage {
  readonly version: string;
  readonly durationMs: number;
}

/** A step of a reload that failed. */
export class StepFailure extends Error {
  readonly step: ReloadFacts['step'];

  constructor(step: ReloadFacts['step'], cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.step = step;
  }
}

/** Names the step in which something fails. */
function inStep<Result>(step: ReloadFacts['step'], work: () => Eventual<Result>): Eventual<Result> {
  return orElse(work, (error) => {
    throw error instanceof StepFailure ? error : new StepFailure(step, error);
  });
}

/** Step *save*: gives the state of a version; `undefined` if it has none. */
export function saveState(
  version: RunningVersion,
  { plugin, budget, clock }: CarryOptions,
): Eventual<SavedState | undefined> {
  if (!hasState(version.instance)) return undefined;
  const stateBytes = Math.min(budget.stateBytes ?? Infinity, version.stateBytes ?? MOST_STATE_BYTES);
  return inStep('save', () =>
    whenDone(schemaOf(version.instance, budget.save), (schema) =>
      whenDone(serialize(version.instance, plugin, { stateBytes, save: budget.save }), (payload) => ({
        plugin,
        version: version.version,
        schema,
        abi: ABI_VERSION,
        savedAt: clock.wallNow(),
        payload,
      })),
    ),
  );
}

/**
 * Steps *carry* and *restore*: takes a state through the versions in between, migrates it and lets a version take it over.
 * @returns the state as it was taken over; `undefined` if the version has none
 */
export function takeOver(
  fresh: RunningVersion,
  state: SavedState,
  options: CarryOptions,
): Eventual<SavedState | undefined> {
  if (!hasState(fresh.instance)) return undefined;
  return whenDone(passThrough(state, options), (current) =>
    whenDone(
      inStep('carry', () => carry(fresh, current, options)),
      (carried) =>
        inStep('restore', () =>
          whenDone(restore(fresh.instance, carried, options.budget.restore), () => carried),
        ),
    ),
  );
}

/** Passes a state through the versions in between, which act as migrations. Failures belong to the step *carry*. */
function passThrough(state: SavedState, options: CarryOptions): Eventual<SavedState> {
  if (options.via === undefined || options.via.length === 0) return state;
  const { via, ...alone } = options;
  return via
    .filter(({ version }) => compareVersions(version, state.version) > 0)
    .reduce<Eventual<SavedState>>(
      (passed, version) => whenDone(passed, (current) => passOne(version, current, alone)),
      state,
    );
}

function passOne(version: RunningVersion, state: SavedState, options: CarryOptions): Eventual<SavedState> {
  const { plugin, clock, onPassed } = options;
  const began = clock.now();
  return orElse(
    () =>
      whenDone(takeOver(version, state, options), () =>
        whenDone(saveState(version, options), (saved) => {
          onPassed?.({ version: version.version, durationMs: clock.now() - began });
          return saved ?? state;
        }),
      ),
    (error) => {
      const { cause } = error as StepFailure;
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `Cannot carry the state of "${plugin}" through version ${version.version}: ${reason}`;
      throw new StepFailure('carry', new StateError(message, { plugin, cause }));
    },
  );
}

function carry(fresh: RunningVersion, state: SavedState, options: CarryOptions): Eventual<SavedState> {
  const { version, instance, accepts } = fresh;
  const { migrations, plugin, budget } = options;
  return whenDone(schemaOf(instance, budget.restore), (schema) => {
    const path = migrationPath(migrations, state, { version, schema, accepts });
    if (path === undefined || path.length === 0) return state;
    const template = (): Uint8Array => serialize(instance, plugin, budget) as Uint8Array;
    return migrateState(state, path, { version, schema, template });
  });
}

/** Step *health*: asks a version whether it can do its work. */
export function proveHealth(fresh: RunningVersion): Eventual<unknown> {
  return inStep('health', () => checkHealth(fresh.instance));
}

/**
 * Returns whether a failure means that the state could not come along, so that the policy has a say. A budget that cannot be held
 * is a mistake of the host, for which no state is given up.
 */
export function isAboutState(failure: unknown): failure is StepFailure {
  if (!(failure instanceof StepFailure) || !['save', 'carry', 'restore'].includes(failure.step)) return false;
  for (let cause: unknown = failure.cause; PluginError.is(cause); cause = cause.cause) {
    if (cause.code === 'WP_LIMITS') return false;
  }
  return true;
}
