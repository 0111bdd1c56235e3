import type { ReloadFacts } from '@wasm-plugin/abi';
import type {
  Passage,
  StateBudget,
  Migration,
  SavedState,
  SnapshotBounds,
  StateOrigin,
  StateStore,
} from './state/index.js';
import type { Clock } from './clock.js';
import type { IdleOptions, TrialOptions } from './strategy/index.js';
import type { CatchUp, JournalBounds } from './calls/index.js';
import type { RunningVersion } from './subject.js';

/** Options of a reloader. */
export interface ReloaderOptions {
  readonly clock?: Clock;
  readonly migrations?: readonly Migration[];
  /** Keeps states beyond the process. @default none */
  readonly store?: StateStore;
  /** Bounds of the good states in memory. */
  readonly snapshots?: SnapshotBounds;
  /** Budget for a state that moves. */
  readonly budget?: StateBudget;
  /** Bounds of the calls that are remembered to be made again. */
  readonly journal?: JournalBounds;
  /** @default 'when-safe' */
  readonly catchUp?: CatchUp;
  /**
   * True if calls are always remembered, not only in the confirm window: then an instance that dies at any time, also while
   * it saves, can be replaced by another one of its version with the same state. Costs a copy of the arguments of each call,
   * and a save each time that the journal is full. Calls of resources cannot be remembered: see the event `not-recorded`.
   * @default false
   */
  readonly recovery?: boolean;
  readonly onEvent?: (event: ReloadEvent) => void;
}

/** Options of one reload. */
export interface ReloadOptions {
  /**
   * Policy for a state that cannot be carried over. `keep-old`: no reload. `discard-state`: the new version begins
   * afresh. `last-good`: with the newest good state that it takes, and afresh if it takes none.
   * @default 'keep-old'
   */
  readonly policy?: 'keep-old' | 'discard-state' | 'last-good';
  /** Ends of the confirm window, whichever comes first. No calls and no time: no window. */
  readonly confirm?: { readonly calls?: number; readonly ms?: number };
  /** Time of the swap. @default immediately */
  readonly strategy?:
    | { readonly kind: 'immediate' }
    | ({ readonly kind: 'when-idle' } & IdleOptions)
    | ({ readonly kind: 'blue-green' } & TrialOptions);
  /**
   * Starts versions in between, lowest first. The state goes through those that are newer than it is, each of which restores
   * and saves it as a migration would. They serve nobody, and are closed in the end.
   * @default none
   */
  readonly via?: readonly (() => RunningVersion | Promise<RunningVersion>)[];
  /** A state to begin with in place of the present one: saved or exported earlier. */
  readonly state?: SavedState | Uint8Array;
}

/** A reload that was committed. */
export interface ReloadResult {
  readonly from: string;
  readonly to: string;
  readonly state: StateOrigin;
  /** Time in which no call could be answered, from the save to the swap, in milliseconds. */
  readonly pauseMs: number;
  /** The versions in between that the state went through. */
  readonly via: readonly Passage[];
}

/** Events of a reloader. */
export type ReloadEvent =
  | ({ readonly kind: 'committed' } & ReloadResult)
  | { readonly kind: 'confirmed'; readonly version: string; readonly calls: number }
  | ({ readonly kind: 'rolled-back' } & RollbackResult)
  | { readonly kind: 'failed'; readonly step: ReloadFacts['step']; readonly error: unknown }
  | ({ readonly kind: 'recovered' } & RecoveryResult)
  /** `recovery` is wanted of a version whose calls cannot all be seen: a state that is lost is that of the last save. */
  | { readonly kind: 'not-recorded'; readonly version: string; readonly reason: string }
  | { readonly kind: 'skipped-state'; readonly source: string; readonly error: unknown }
  | { readonly kind: 'save-failed'; readonly error: unknown };

/** A new version that was taken back. */
export interface RollbackResult {
  readonly from: string;
  readonly to: string;
  readonly reason: unknown;
  /** Calls since the swap that were made again to the old version. */
  readonly replayed: number;
  /** Calls since the swap that the state of the old version does not know of; those of resources are not counted. */
  readonly lost: number;
  /** Reason for which no calls were repeated; `undefined` if they were. */
  readonly obstacle: string | undefined;
}

/** An instance that was replaced by another one of its version. */
export interface RecoveryResult {
  readonly version: string;
  /** `whole`: nothing is lost. `last-good`: the changes since that state are lost. `none`: everything is lost. */
  readonly state: 'whole' | 'last-good' | 'none';
  /** Calls that were made again. */
  readonly replayed: number;
  /** Time of the save, in milliseconds since 1970. */
  readonly savedAt: number | undefined;
}
