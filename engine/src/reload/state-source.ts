import { proveHealth, saveState, StepFailure, takeOver, type CarryOptions } from './carry.js';
import type { Journal } from './journal.js';
import type { StateOrigin } from './reload-options.js';
import type { SavedState } from './saved-state.js';
import type { Steps } from './steps.js';
import type { RunningVersion } from './subject.js';

/** Where a new instance gets its state from. */
export type StateSource =
  | { readonly kind: 'present'; readonly version: RunningVersion }
  | { readonly kind: 'given'; readonly state: SavedState }
  /** Good states, the best first; the calls since the first of them, where they are known and may be made again. */
  | {
      readonly kind: 'good';
      readonly states: readonly SavedState[];
      readonly since: readonly Journal[] | undefined;
    }
  | { readonly kind: 'nothing' };

/** How a new instance began. */
export interface Start {
  readonly origin: StateOrigin;
  /** What the old version saved; `undefined` where it was not asked, or has no state. */
  readonly saved: SavedState | undefined;
  /** What the new one has taken over. */
  readonly taken: SavedState | undefined;
  /** The calls that it has had since: made again to it, or made to both versions in a trial. */
  readonly since: readonly Journal[];
  /** Whether it knows all that the old one knew. */
  readonly whole: boolean;
}

/** The steps *save*, *carry*, *restore* and *health*: gives a fresh instance its state and asks whether it can work. */
export function* startFrom(source: StateSource, fresh: RunningVersion, options: CarryOptions): Steps<Start> {
  const start = yield* fill(source, fresh, options);
  yield* proveHealth(fresh);
  return start;
}

function* fill(source: StateSource, fresh: RunningVersion, options: CarryOptions): Steps<Start> {
  switch (source.kind) {
    case 'present': {
      const saved = yield* saveState(source.version, options);
      const taken = saved && (yield* takeOver(fresh, saved, options));
      return { origin: taken === undefined ? 'none' : 'carried', saved, taken, since: [], whole: true };
    }
    case 'given': {
      const taken = yield* takeOver(fresh, source.state, options);
      return { origin: 'given', saved: undefined, taken, since: [], whole: false };
    }
    case 'good':
      return yield* firstGood(source, fresh, options);
    case 'nothing':
      return { origin: 'discarded', saved: undefined, taken: undefined, since: [], whole: false };
  }
}

/** Tries one state after the other; a version that takes none begins afresh. */
function* firstGood(
  { states, since }: Extract<StateSource, { kind: 'good' }>,
  fresh: RunningVersion,
  options: CarryOptions,
): Steps<Start> {
  for (const [index, state] of states.entries()) {
    let taken: SavedState | undefined;
    try {
      taken = yield* takeOver(fresh, state, options);
    } catch (error) {
      if (fresh.instance.state !== 'ready') throw error;
      continue;
    }
    const calls = index === 0 ? since : undefined;
    try {
      for (const journal of calls ?? []) journal.replay(fresh.instance);
    } catch (error) {
      throw new StepFailure('restore', error);
    }
    return { origin: 'last-good', saved: undefined, taken, since: calls ?? [], whole: calls !== undefined };
  }
  return { origin: 'discarded', saved: undefined, taken: undefined, since: [], whole: false };
}
