/** The half of a call that belongs to the caller (specification: `OnStart`, `OnResolve`). */
export interface Caller {
  /** The callee starts: returns the arguments. */
  start(): readonly unknown[];
  /** The callee has returned. */
  resolve(value: unknown): void;
  /** The callee has ended without a result, as it was asked to. */
  cancelled(): void;
  /** The arguments do not fit, and nothing has run. A caller without this has no such arguments. */
  failed?(error: unknown): void;
}

/** The half of a call that belongs to the callee, which goes on after it was called. */
export interface Callee {
  /** Asks it to end early (specification: `OnCancel`). */
  requestCancel(): void;
}

/** A function that may go on after it was called. Its caller hears of everything through `caller`, possibly within the call. */
export type AsyncCallable = (caller: Caller) => Callee;
