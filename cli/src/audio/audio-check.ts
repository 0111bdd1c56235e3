import type { Random } from '../random/index.js';
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
  /** Level of strictness from which on it is checked: 1 for the needs of any host, 10 for the best plugins only. */
  level: number;
  /** Returns the fault, in one line; `undefined` if there is none. */
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
