/** The deadline of a call that waits for a host import. */
export interface CallDeadline {
  /** The limit on the time of the call with everything in it, in milliseconds. */
  readonly wallMs: number;
  /** Returns the part of it that is left. */
  wallLeftMs(): number;
}

/** Deadlines of the calls whose host imports run on this thread, innermost last. */
const running: CallDeadline[] = [];

/** A host import of a call begins. */
export function enterHost(call: CallDeadline): void {
  running.push(call);
}

/** It has ended, and so have those that began after it. */
export function leaveHost(call: CallDeadline): void {
  const at = running.lastIndexOf(call);
  if (at >= 0) running.length = at;
}

/**
 * Returns the call that must end first of those in whose host imports this runs: a wait in a host import may take no longer
 * than the rest of that call. `undefined` outside of all imports, and if no call has a deadline.
 */
export function tightestCall(): CallDeadline | undefined {
  let tightest: CallDeadline | undefined;
  for (const call of running) {
    if (tightest === undefined || call.wallLeftMs() < tightest.wallLeftMs()) tightest = call;
  }
  return tightest;
}
