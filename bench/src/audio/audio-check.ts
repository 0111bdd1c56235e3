import type { Random } from '../harness/index.js';
import type { OpenEffect } from './open-effect.js';

/** Input of a check. */
export interface AudioCheckContext {
  open: OpenEffect;
  /** The same for the same seed. */
  random: Random;
}

/** Something that an audio effect should do, or should not. */
export interface AudioCheck {
  /** Kebab case, unique. */
  name: string;
  /** The requirement, for people. */
  claim: string;
  /** From which strictness on it is asked for: 1 what any host needs, 10 what only the best have. */
  level: number;
  /** Returns what is wrong, in one line; `undefined` where nothing is. */
  run(context: AudioCheckContext): string | undefined;
}

/** Result of a check. */
export interface AudioCheckResult {
  name: string;
  claim: string;
  level: number;
  /** The fault; `undefined` if there is none. */
  found: string | undefined;
}
