import type { CarryOptions, Start } from '../state/index.js';
import type { CatchUp } from '../calls/index.js';
import type { ReloaderOptions, ReloadEvent } from '../reload-options.js';
import type { RunningVersion } from '../subject.js';

/** Options of a safety net. */
export interface SafetyNetOptions extends Pick<ReloaderOptions, 'journal' | 'snapshots' | 'recovery'> {
  readonly carry: CarryOptions;
  readonly catchUp: CatchUp;
  readonly emit: (event: ReloadEvent) => void;
}

/** A new version that was put in place of an old one. */
export interface Commit<Version extends RunningVersion> {
  readonly old: Version;
  readonly fresh: Version;
  readonly start: Start;
  readonly confirm: Confirm;
}

/** The ends of a confirm window, whichever comes first. */
export interface Confirm {
  readonly calls: number;
  readonly ms: number;
}
