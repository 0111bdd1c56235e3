/**
 * The states of a component instance. Numbers, since each call compares them, also in generated text.
 *
 * `FREE` → `RUNNING` → `FREE` with each call. `CHORES` and `SUSPENDED` are states in which nothing runs. `ENDED` is final.
 */
export const FREE = 0;

/** A call is in progress: no other one may enter. */
export const RUNNING = 1;

/** It is dead or closed. */
export const ENDED = 2;

/** It may be entered after its chores are done. */
export const CHORES = 3;

/** Its state goes to the instance that takes its place, so it may not be entered. */
export const SUSPENDED = 4;

/** One of the states. */
export type Lock = typeof FREE | typeof RUNNING | typeof ENDED | typeof CHORES | typeof SUSPENDED;
