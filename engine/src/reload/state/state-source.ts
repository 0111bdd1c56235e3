import { proveHealth, saveState, StepFailure, takeOver, type CarryOptions } from './carry.js';
import type { Journal } from '../calls/index.js';
import type { SavedState } from './saved-state.js';
import { orElse, whenDone, type Eventual } from '../eventual.js';
import type { RunningVersion } from '../subject.js';

/** Source of a new instance's state. */
export type StateSource =
  | { readonly kind: 'present'; readonly version: RunningVersion }
  | { readonly kind: 'given'; readonly state: SavedState }
  /** Good states, the best first; the calls since the first of them, if they are known and may be made again. */
  | {
      readonly kind: 'good';
      readonly states: readonly SavedState[];
      readonly since: readonly Journal[] | undefined;
    }
  | { readonly kind: 'nothing' };

/** Origin of the new version's state. `none`: one of the two has no state. */
export type StateOrigin = 'carried' | 'given' | 'last-good' | 'discarded' | 'none';

/** The start of a new instance. */
export interface Start {
  readonly origin: StateOrigin;
  /** The state that the old version saved; `undefined` if it was not asked, or has no state. */
  readonly saved: SavedState | undefined;
  /** The state that the new one has taken over. */
  readonly taken: SavedState | undefined;
  /** The calls that it has had since: made again to it, or made to both versions in a trial. */
  readonly since: readonly Journal[];
  /** True if it knows all that the old one knew. */
  readonly whole: boolean;
}

/**
 * The steps *save*, *carry*, *restore* and *health*: gives a fresh instance its state and asks whether it can work. A version
 * that has saved its state refuses calls until then: the state would not know them.
 */
export function startFrom(
  source: StateSource,
  fresh: RunningVersion,
  options: CarryOptions,
): Eventual<Start> {
  const prove = (start: Start): Eventual<Start> => whenDone(proveHealth(fresh), () => start);
  if (source.kind !== 'present') return whenDone(fill(source, fresh, options), prove);
  return whenDone(saveState(source.version, options), (saved) => {
    const resume = source.version.instance.suspend?.();
    if (resume === undefined) return whenDone(carryOver(saved, fresh, options), prove);
    try {
      return whenDone(carryOver(saved, fresh, options), prove);
    } finally {
      resume();
    }
  });
}

function carryOver(
  saved: SavedState | undefined,
  fresh: RunningVersion,
  options: CarryOptions,
): Eventual<Start> {
  return whenDone(saved && takeOver(fresh, saved, options), (taken) => ({
    origin: taken === undefined ? 'none' : 'carried',
    saved,
    taken,
    since: [],
    whole: true,
  }));
}

function fill(
  source: Exclude<StateSource, { kind: 'present' }>,
  fresh: RunningVersion,
  options: CarryOptions,
): Eventual<Start> {
  switch (source.kind) {
    case 'given':
      return whenDone(takeOver(fresh, source.state, options), (taken) => ({
        origin: 'given',
        saved: undefined,
        taken,
        since: [],
        whole: false,
      }));
    case 'good':
      return firstGood(source, fresh, options);
    case 'nothing':
      return AFRESH;
  }
}

const AFRESH: Start = { origin: 'discarded', saved: undefined, taken: undefined, since: [], whole: false };

/** Tries one state after the other; a version that takes none begins afresh. */
function firstGood(
  { states: [state, ...older], since }: Extract<StateSource, { kind: 'good' }>,
  fresh: RunningVersion,
  options: CarryOptions,
): Eventual<Start> {
  if (state === undefined) return AFRESH;
  const replay = (): Eventual<void> =>
    (since ?? []).reduce<Eventual<void>>(
      (before, journal) => whenDone(before, () => journal.replay(fresh.instance)),
      undefined,
    );
  const replayFailed = (error: unknown): never => {
    throw new StepFailure('restore', error);
  };
  const take = (taken: SavedState | undefined): Eventual<Start> =>
    whenDone(orElse(replay, replayFailed), () => ({
      origin: 'last-good',
      saved: undefined,
      taken,
      since: since ?? [],
      whole: since !== undefined,
    }));
  return orElse(
    () => whenDone(takeOver(fresh, state, options), take),
    (error) => {
      if (fresh.instance.state !== 'ready') throw error;
      return firstGood({ kind: 'good', states: older, since: undefined }, fresh, options);
    },
  );
}
