import type { Random } from '../harness/index.js';
import type { OpenEffect } from './open-effect.js';

/** What a check works with. */
export interface AudioCheckContext {
  open: OpenEffect;
  /** The same for the same seed. */
  random: Random;
}

/** Something that an audio effect should do, or should not. */
export interface AudioCheck {
  /** Kebab case, unique. */
  name: string;
  /** What is asked, for people. */
  claim: string;
  /** From which strictness on it is asked for: 1 what any host needs, 10 what only the best have. */
  level: number;
  /** Returns what is wrong, in one line; `undefined` where nothing is. */
  run(context: AudioCheckContext): string | undefined;
}

/** How a check ended. */
export interface AudioCheckResult {
  name: string;
  claim: string;
  level: number;
  /** What is wrong; `undefined` where nothing is. */
  found: string | undefined;
}
