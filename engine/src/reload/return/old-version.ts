import { functionAt, type CallGate, type FailedCall } from '../calls/index.js';
import { orElse, whenDone, type Eventual } from '../eventual.js';
import type { RunningVersion } from '../subject.js';
import {
  goneError,
  openConfirmWindow,
  type ConfirmWindow,
  type ConfirmWindowOptions,
} from './confirm-window.js';
import type { Recording } from './recording.js';
import type { Retired } from './retired.js';
import type { SafetyNetOptions } from './safety-net-options.js';

/** Outcome of a return: with the calls since the swap, without them, or none. */
type Return = 'whole' | 'lossy' | 'gone';

/** The parts of a safety net that a return needs. */
interface Parts<Version extends RunningVersion> {
  readonly gate: CallGate<Version>;
  readonly recording: Recording<Version>;
  readonly retired: Retired;
}

/** Keeps the old version of a plugin while the confirm window is open, and brings it back. */
export class OldVersion<Version extends RunningVersion> {
  readonly #parts: Parts<Version>;
  readonly #options: SafetyNetOptions;
  #window: ConfirmWindow<Version> | undefined;
  /** The old version on its way back, if that takes its time. */
  #returning: Promise<Return> | undefined;

  constructor(parts: Parts<Version>, options: SafetyNetOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /** The version that can come back; `undefined` if none can. */
  get version(): Version | undefined {
    return this.#window?.old;
  }

  /** Opens the confirm window. A call that the new version dies of is made to the old one. */
  keep(options: Omit<ConfirmWindowOptions<Version>, 'onConfirmed'>): void {
    const { fresh, recorded } = options;
    const window = openConfirmWindow({
      ...options,
      onConfirmed: (calls) => {
        this.#end();
        this.#options.emit({ kind: 'confirmed', version: fresh.version, calls });
      },
    });
    this.#window = window;
    recorded.listen({
      answered: () => window.answered(),
      died: (call) => this.#answer(window, call),
    });
  }

  /** Ends the confirm window: the new version stays. */
  confirm(): void {
    const window = this.#window;
    if (window === undefined || this.#returning !== undefined) return;
    this.#end();
    const { fresh, recorded } = window;
    this.#options.emit({ kind: 'confirmed', version: fresh.version, calls: recorded.journal.count });
  }

  /** Closes the window and the old version, and tells nobody. */
  close(): void {
    const window = this.#window;
    this.#window = undefined;
    if (window === undefined) return;
    window.close();
    this.#parts.retired.add(window.old.instance);
  }

  /**
   * Brings the old version back, with its state, and as far as it is safe with the calls since.
   * @returns a promise if the calls give promises
   * @throws {ReloadError} WP_RELOAD if the old version is dead or closed: then the new one stays
   */
  bringBack(reason: unknown): Eventual<void> {
    const window = this.#window;
    if (window === undefined) throw reason;
    return whenDone(this.#return(window, reason), (how) => {
      if (how === 'gone') throw goneError(window.old, this.#options.carry.plugin);
    });
  }

  /** Makes a call that the new version died of to the old one, after it is back; throws its error if that is not safe. */
  #answer(window: ConfirmWindow<Version>, { error, path, args }: FailedCall): unknown {
    if (this.#window !== window) throw error;
    return whenDone(this.#return(window, error), (how) => {
      if (how !== 'whole') throw error;
      const { exports } = this.#parts.recording.calls ?? window.old.instance;
      return functionAt(exports, path)?.(...args);
    });
  }

  #return(window: ConfirmWindow<Version>, reason: unknown): Eventual<Return> {
    if (this.#returning !== undefined) return this.#returning;
    const how = this.#parts.gate.uninterrupted(() => this.#catchUp(window, reason));
    if (how instanceof Promise) {
      const done = (): void => void (this.#returning = undefined);
      this.#returning = how;
      void how.then(done, done);
    }
    return how;
  }

  /** Makes the calls since the swap again to the old version, then puts it back. */
  #catchUp(window: ConfirmWindow<Version>, reason: unknown): Eventual<Return> {
    const { old, recorded } = window;
    window.close();
    const replay = (): Eventual<string | undefined> => {
      const obstacle = recorded.journal.obstacle(this.#options.catchUp);
      return obstacle ?? whenDone(recorded.journal.replay(old.instance), () => undefined);
    };
    const died = (error: unknown): string => `the old version died of them: ${String(error)}`;
    return whenDone(recorded.quiet, () =>
      whenDone(orElse(replay, died), (obstacle) => this.#putBack(window, { reason, obstacle })),
    );
  }

  #putBack(
    { old, oldPoint: point, fresh, recorded: { journal } }: ConfirmWindow<Version>,
    { reason, obstacle }: { reason: unknown; obstacle: string | undefined },
  ): Return {
    if (old.instance.state !== 'ready') {
      this.#end();
      return 'gone';
    }
    const { gate, recording } = this.#parts;
    const replayable = obstacle === undefined;
    this.#window = undefined;
    gate.swap(old);
    recording.stop();
    if (this.#options.recovery === true) {
      recording.start(old, point && replayable ? { ...point, since: [...point.since, journal] } : point);
    }
    const [replayed, lost] = replayable ? [journal.count, 0] : [0, journal.count];
    const facts = { from: fresh.version, to: old.version, reason, replayed, lost, obstacle };
    this.#options.emit({ kind: 'rolled-back', ...facts });
    if (fresh.instance.state === 'ready') void fresh.instance.close();
    return replayable ? 'whole' : 'lossy';
  }

  /** Closes the window. Calls are written down from then on only with `recovery`. */
  #end(): void {
    const { recorded } = this.#window as ConfirmWindow<Version>;
    this.close();
    const { gate, recording } = this.#parts;
    if (this.#options.recovery === true) {
      recording.listen(recorded);
      return;
    }
    recording.stop();
    gate.route(undefined);
  }
}
