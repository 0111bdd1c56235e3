import { ABI_VERSION, LIMITS, PluginError, StateError, type ReloadFacts } from '@wasm-plugin/abi';
import { compareVersions } from '@wasm-plugin/abi/version';
import type { Clock } from './clock.js';
import { checkHealth, hasState, restore, schemaOf, serialize, type StateBudget } from './guest-state.js';
import { migrateState, migrationPath, type Migration } from './migrations.js';
import type { SavedState } from './saved-state.js';
import type { Steps } from './steps.js';
import type { RunningVersion } from './subject.js';

const MOST_STATE_BYTES = LIMITS.stateBytes.fallback;

/** What states are saved and carried with. */
export interface CarryOptions {
  readonly plugin: string;
  readonly migrations: readonly Migration[];
  readonly budget: StateBudget;
  readonly clock: Clock;
  /** Versions in between, lowest first, that a state goes through where it is older than they are. @default none */
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
export function* inStep<Result>(step: ReloadFacts['step'], steps: Steps<Result>): Steps<Result> {
  try {
    return yield* steps;
  } catch (error) {
    throw error instanceof StepFailure ? error : new StepFailure(step, error);
  }
}

/** Step *save*: gives the state of a version; `undefined` where it has none. */
export function* saveState(version: RunningVersion, options: CarryOptions): Steps<SavedState | undefined> {
  return yield* inStep(
    'save',
    (function* (): Steps<SavedState | undefined> {
      if (!hasState(version.instance)) return undefined;
      const { plugin, budget, clock } = options;
      const schema: number = yield schemaOf(version.instance, budget.save);
      const stateBytes = Math.min(budget.stateBytes ?? Infinity, version.stateBytes ?? MOST_STATE_BYTES);
      const payload: Uint8Array = yield serialize(version.instance, plugin, { ...budget, stateBytes });
      return {
        plugin,
        version: version.version,
        schema,
        abi: ABI_VERSION,
        savedAt: clock.wallNow(),
        payload,
      };
    })(),
  );
}

/**
 * Steps *carry* and *restore*: takes a state through the versions in between, migrates it and lets a version take it over.
 * @returns the state as it was taken over; `undefined` where the version has none
 */
export function* takeOver(
  fresh: RunningVersion,
  state: SavedState,
  options: CarryOptions,
): Steps<SavedState | undefined> {
  if (!hasState(fresh.instance)) return undefined;
  const current = yield* passThrough(state, options);
  const carried = yield* inStep('carry', carry(fresh, current, options));
  yield* inStep(
    'restore',
    (function* (): Steps<void> {
      yield restore(fresh.instance, carried, options.budget.restore);
    })(),
  );
  return carried;
}

/** A version in between does for a state what a migration does. What goes wrong there goes wrong on the way: *carry*. */
function* passThrough(state: SavedState, { via = [], ...options }: CarryOptions): Steps<SavedState> {
  let current = state;
  for (const version of via) {
    if (compareVersions(version.version, state.version) <= 0) continue;
    const began = options.clock.now();
    try {
      yield* takeOver(version, current, options);
      current = (yield* saveState(version, options)) ?? current;
    } catch (error) {
      const { cause } = error as StepFailure;
      const reason = cause instanceof Error ? cause.message : String(cause);
      const { plugin } = options;
      const message = `Cannot carry the state of "${plugin}" through version ${version.version}: ${reason}`;
      throw new StepFailure('carry', new StateError(message, { plugin, cause }));
    }
    options.onPassed?.({ version: version.version, durationMs: options.clock.now() - began });
  }
  return current;
}

function* carry(fresh: RunningVersion, state: SavedState, options: CarryOptions): Steps<SavedState> {
  const { version, instance, accepts } = fresh;
  const schema: number = yield schemaOf(instance, options.budget.restore);
  const path = migrationPath(options.migrations, state, { version, schema, ...(accepts && { accepts }) });
  if (path === undefined || path.length === 0) return state;
  return migrateState(state, path, {
    version,
    schema,
    template: () => serialize(instance, options.plugin, options.budget) as Uint8Array,
  });
}

/** Step *health*: asks a version whether it can do its work. */
export function* proveHealth(fresh: RunningVersion): Steps<void> {
  yield* inStep(
    'health',
    (function* (): Steps<void> {
      yield checkHealth(fresh.instance);
    })(),
  );
}

/**
 * Whether a failure means that the state could not come along, so that the policy has a say. A budget that cannot be held
 * is a mistake of the host, for which no state is given up.
 */
export function isAboutState(failure: unknown): failure is StepFailure {
  if (!(failure instanceof StepFailure) || !['save', 'carry', 'restore'].includes(failure.step)) return false;
  for (let cause: unknown = failure.cause; PluginError.is(cause); cause = cause.cause) {
    if (cause.code === 'WP_LIMITS') return false;
  }
  return true;
}
