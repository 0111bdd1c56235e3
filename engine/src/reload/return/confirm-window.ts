import { ReloadError } from '@wasm-plugin/abi';
import type { Clock } from '../clock.js';
import type { RecordedCalls } from '../calls/index.js';
import type { RecoveryPoint } from './recording.js';
import type { RunningVersion } from '../subject.js';

/** The time after a commit in which the old version can come back. */
export interface ConfirmWindow<Version extends RunningVersion> {
  readonly old: Version;
  /** The state of the old version at the swap, if it is known. */
  readonly oldPoint: RecoveryPoint | undefined;
  readonly fresh: Version;
  /** Calls since the swap. */
  readonly recorded: RecordedCalls;
  /** Counts a call that was answered. */
  answered(): void;
  /** Ends it without a word: somebody decides otherwise. */
  close(): void;
}

/** The end in time of a window that is not open yet. */
export interface ConfirmTimer {
  /** Lets the time begin, and does some work at its end. */
  start(work: () => void): void;
  cancel(): void;
}

/** Makes the timer before the swap: to set one then would add to the pause. */
export function createConfirmTimer(clock: Clock, ms: number): ConfirmTimer {
  let end = Infinity;
  let work = (): void => undefined;
  /** It was set early, so that it may ring before the time is over. */
  const ring = (): void => {
    const left = end - clock.now();
    if (left <= 0) work();
    else if (left < Infinity) cancel = clock.after(left, ring);
    else cancel = undefined;
  };
  let cancel: (() => void) | undefined = Number.isFinite(ms) ? clock.after(ms, ring) : undefined;
  return {
    start(atEnd) {
      work = atEnd;
      end = clock.now() + ms;
      if (cancel === undefined && end < Infinity) cancel = clock.after(ms, ring);
    },
    cancel() {
      cancel?.();
      // It leads to the old version.
      work = () => undefined;
    },
  };
}

/** Options of a window. */
export interface ConfirmWindowOptions<Version extends RunningVersion> {
  readonly old: Version;
  readonly oldPoint: RecoveryPoint | undefined;
  readonly fresh: Version;
  readonly recorded: RecordedCalls;
  readonly timer: ConfirmTimer;
  readonly calls: number;
  /** Called once, when the calls or the time have passed. */
  readonly onConfirmed: (calls: number) => void;
}

/** Opens a window. */
export function openConfirmWindow<Version extends RunningVersion>(
  options: ConfirmWindowOptions<Version>,
): ConfirmWindow<Version> {
  const { old, oldPoint, fresh, recorded, timer, calls, onConfirmed } = options;
  let answered = 0;
  let open = true;
  const close = (): void => {
    open = false;
    timer.cancel();
  };
  const confirm = (): void => {
    if (!open) return;
    close();
    onConfirmed(answered);
  };
  timer.start(confirm);
  return {
    old,
    oldPoint,
    fresh,
    recorded,
    close,
    answered() {
      if (++answered >= calls) confirm();
    },
  };
}

/** Explains why an old version cannot come back. */
export function goneError({ version, instance }: RunningVersion, plugin: string): ReloadError {
  const reason = `version ${version} cannot come back: it is ${instance.state}`;
  return new ReloadError({ step: 'rollback', reason, plugin, cause: instance.death });
}
