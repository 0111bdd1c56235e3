import type { Clock } from './clock.js';
import type { RecordedCalls } from './recorded-calls.js';
import type { RunningVersion } from './subject.js';

/** The time after a commit in which the old version can come back. */
export interface ConfirmWindow<Version extends RunningVersion> {
  readonly old: Version;
  readonly fresh: Version;
  /** Calls since the swap. */
  readonly recorded: RecordedCalls;
  /** Counts a call that was answered. */
  answered(): void;
  /** Ends it without a word: somebody decides otherwise. */
  close(): void;
}

/** What a window is opened with. */
export interface ConfirmWindowOptions<Version extends RunningVersion> {
  readonly old: Version;
  readonly fresh: Version;
  readonly recorded: RecordedCalls;
  readonly clock: Clock;
  readonly calls: number;
  readonly ms: number;
  /** Called once, when the calls or the time have passed. */
  readonly onConfirmed: (calls: number) => void;
}

/** Opens a window. */
export function openConfirmWindow<Version extends RunningVersion>(
  options: ConfirmWindowOptions<Version>,
): ConfirmWindow<Version> {
  const { old, fresh, recorded, clock, calls, ms, onConfirmed } = options;
  let answered = 0;
  let open = true;
  const close = (): void => {
    open = false;
    cancel();
  };
  const confirm = (): void => {
    if (!open) return;
    close();
    onConfirmed(answered);
  };
  const cancel = Number.isFinite(ms) ? clock.after(ms, confirm) : (): void => undefined;
  return {
    old,
    fresh,
    recorded,
    close,
    answered() {
      if (++answered >= calls) confirm();
    },
  };
}
