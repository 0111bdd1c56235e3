import type { CarrierInstance } from '@wasm-plugin/abi';
import { RecordedCalls, type CallGate, type CallListener, type Journal } from '../calls/index.js';
import { orElse, whenDone, type Eventual } from '../eventual.js';
import { saveState, type SavedState } from '../state/index.js';
import type { ReloadSubject, RunningVersion } from '../subject.js';
import type { SafetyNetOptions } from './safety-net-options.js';

/** A state that is known and the calls since, the last of them still being written down. */
export interface RecoveryPoint {
  readonly state: SavedState;
  readonly since: readonly Journal[];
}

/** Writes down the calls of the instance that serves, and keeps the state from before the first of them. */
export class Recording<Version extends RunningVersion> {
  readonly #subject: ReloadSubject<Version>;
  readonly #gate: CallGate<Version>;
  readonly #options: SafetyNetOptions;
  /** Made before the swap, so that they do not add to the pause. */
  readonly #ready = new WeakMap<CarrierInstance, RecordedCalls>();
  #calls: RecordedCalls | undefined;
  #point: RecoveryPoint | undefined;
  #isSaving = false;

  constructor(
    { subject, gate }: { subject: ReloadSubject<Version>; gate: CallGate<Version> },
    options: SafetyNetOptions,
  ) {
    this.#subject = subject;
    this.#gate = gate;
    this.#options = options;
  }

  /** The calls of the instance that serves; `undefined` if they are not written down. */
  get calls(): RecordedCalls | undefined {
    return this.#calls;
  }

  /** The state of the instance that serves, as a state and the calls since; `undefined` if no state is known. */
  get point(): RecoveryPoint | undefined {
    return this.#point;
  }

  /** Makes the recorder of an instance's calls. */
  prepare(instance: CarrierInstance): void {
    this.#ready.set(instance, this.#recorderOf(instance));
  }

  /** Begins to write down the calls of the instance that serves now. */
  start({ instance, version }: Version, point: RecoveryPoint | undefined): RecordedCalls {
    const calls = this.#ready.get(instance) ?? this.#recorderOf(instance);
    this.#ready.delete(instance);
    calls.journal.clear();
    const { gap: reason } = calls.journal;
    const { recovery, emit } = this.#options;
    if (recovery === true && reason !== undefined) emit({ kind: 'not-recorded', version, reason });
    this.#calls = calls;
    this.#point = point && { ...point, since: [...point.since, calls.journal] };
    this.#gate.route(calls.exports);
    return calls;
  }

  /** Forgets the calls and the state: their instance does not serve any more. */
  stop(): void {
    this.#calls?.journal.seal();
    this.#calls = this.#point = undefined;
  }

  /** Listens to the calls again, after somebody else did. Saves the state if it cannot be had from them. */
  listen(calls: RecordedCalls): void {
    calls.listen(this.#listener);
    if (this.#point === undefined || !calls.journal.whole) this.save();
  }

  /** Begins the journal anew: the present instance has this state, and nothing was called since. */
  restartFrom(state: SavedState): void {
    const journal = this.#calls?.journal;
    journal?.clear();
    this.#point = journal && { state, since: [journal] };
  }

  /** Lets the present instance save its state, and begins the journal anew. If that fails, an event says so. */
  save(): void {
    const current = this.#subject.current();
    if (current?.instance.state !== 'ready' || this.#isSaving) return;
    this.#isSaving = true;
    const done = (): void => void (this.#isSaving = false);
    void this.#gate.uninterrupted(() => whenDone(this.#saveAndRestart(current), done));
  }

  readonly #listener: CallListener = {
    answered: () => {
      if (this.#calls?.journal.full === true) this.save();
    },
    died: ({ error }) => {
      throw error;
    },
  };

  #recorderOf(instance: CarrierInstance): RecordedCalls {
    return new RecordedCalls(instance, this.#listener, this.#options.journal);
  }

  /** Never fails. */
  #saveAndRestart(current: Version): Eventual<void> {
    this.#calls?.journal.postpone();
    const save = (): Eventual<void> =>
      whenDone(saveState(current, this.#options.carry), (state) => {
        if (state !== undefined && this.#subject.current() === current) this.restartFrom(state);
      });
    const saveFailed = (error: unknown): void => this.#options.emit({ kind: 'save-failed', error });
    return whenDone(this.#calls?.quiet, () => orElse(save, saveFailed));
  }
}
