import type { CarryOptions, Passage } from './carry.js';
import type { Confirm } from './safety-net-options.js';
import type { RunningVersion } from './subject.js';

/** One reload on its way. */
export interface Attempt<Version extends RunningVersion> {
  readonly old: Version;
  readonly fresh: Version;
  readonly confirm: Confirm;
  readonly carry: CarryOptions;
  /** The versions in between that the state has gone through. */
  readonly passed: Passage[];
}
