import type { CarrierInstance } from '@wasm-plugin/abi';
import {
  CallGate,
  type Journal,
  RecordedCalls,
  type CallListener,
  type FailedCall,
  functionAt,
} from '../calls/index.js';
import {
  saveState,
  askAhead,
  type SavedState,
  Snapshots,
  startFrom,
  type Start,
  type StateSource,
} from '../state/index.js';
import {
  createConfirmTimer,
  goneError,
  openConfirmWindow,
  type ConfirmTimer,
  type ConfirmWindow,
} from './confirm-window.js';
import type { RecoveryResult } from '../reload-options.js';
import { Retired } from './retired.js';
import type { Commit, Confirm, SafetyNetOptions } from './safety-net-options.js';
import { orElse, whenDone, type Eventual } from '../eventual.js';
import type { Exports, ReloadSubject, RunningVersion } from '../subject.js';

/** A state that is known and the calls since, the last of them still being written down. */
interface RecoveryPoint {
  readonly state: SavedState;
  readonly since: readonly Journal[];
}

/** How it went to bring an old version back: with the calls since, without them, or not at all. */
type Return = 'whole' | 'lossy' | 'gone';

/**
 * What brings a plugin back after a trap: the old version in the confirm window, the journal of the calls since the state
 * was last known, and the good states in memory.
 */
export class SafetyNet<Version extends RunningVersion> {
  readonly snapshots: Snapshots;
  readonly retired = new Retired();
  /** What the calls of the plugin go through. */
  readonly gate: CallGate<Version>;
  readonly #subject: ReloadSubject<Version>;
  readonly #options: SafetyNetOptions;
  #window: ConfirmWindow<Version> | undefined;
  /** What the present instance is called through, if its calls are written down. */
  #recorded: RecordedCalls | undefined;
  /** What was made before the swap, so that it does not add to the pause. */
  readonly #ready = new WeakMap<CarrierInstance, RecordedCalls>();
  readonly #timers = new WeakMap<CarrierInstance, ConfirmTimer>();
  /** What gives the present instance's state. */
  #point: RecoveryPoint | undefined;
  /** The same for the old version of the window. */
  #oldPoint: RecoveryPoint | undefined;
  /** The old version on its way back, where that takes its time. */
  #returning: Promise<Return> | undefined;
  #remembering = false;

  constructor(subject: ReloadSubject<Version>, options: SafetyNetOptions) {
    this.#subject = subject;
    this.gate = new CallGate(subject);
    this.#options = options;
    this.snapshots = new Snapshots(options.carry.clock, options.snapshots);
    const current = subject.current();
    if (options.recovery !== true || current === undefined) return;
    this.#record(current, undefined);
    this.#remember();
  }

  /** Whether the old version can still come back. */
  get confirming(): boolean {
    return this.#window !== undefined;
  }

  get rollbackPoint(): Version | undefined {
    return this.#window?.old;
  }

  /** Whether an instance that dies can be replaced without losing anything. */
  get canRevive(): boolean {
    return this.goodStates().since !== undefined;
  }

  /** What the calls of a version that serves go to. */
  exportsOf(version: Version): Exports {
    return this.#recorded?.exports ?? version.instance.exports;
  }

  /** Sends calls where they belong, after they were sent elsewhere for a while. */
  reroute(): void {
    this.gate.route(this.#recorded?.exports);
  }

  /**
   * Settles once no call that is seen is on its way, and whatever one has set off is done.
   * @throws {TrapError} WP_TRAP_ABI where a call on its way waits for whoever asks
   */
  async quiet(): Promise<void> {
    this.gate.refuseReentry();
    for (;;) {
      const wait = this.#recorded?.quiet ?? this.gate.busy;
      if (wait === undefined) return;
      await wait;
    }
  }

  /**
   * Makes sure that no call comes in between: calls that give promises are held, after those on their way were answered.
   * @returns lets them go
   */
  async hold(): Promise<() => void> {
    if (this.#subject.calls === 'sync') return () => undefined;
    this.gate.refuseReentry();
    const release = this.gate.hold();
    await this.quiet();
    return release;
  }

  /** Does for an instance what can be done before the swap, so that it does not add to the pause. */
  getReady({ instance }: Version, confirm: Confirm): Eventual<unknown> {
    this.#ready.set(instance, this.#recorderOf(instance));
    this.#timers.set(instance, createConfirmTimer(this.#options.carry.clock, confirm.ms));
    return askAhead(instance, this.#options.carry.budget);
  }

  /** Closes an instance that was made ready, and serves nobody. */
  dismiss({ instance }: Version): void {
    this.#timers.get(instance)?.cancel();
    void instance.close();
  }

  /** Swaps, and opens the confirm window. Synchronous. */
  commit({ old, fresh, start, confirm }: Commit<Version>): void {
    const { carry, recovery } = this.#options;
    this.#closeWindow();
    const { saved, taken, since } = start;
    const oldPoint = saved === undefined ? this.#point : { state: saved, since };
    this.gate.swap(fresh);
    this.#forget();
    if (saved !== undefined) this.snapshots.add(saved);
    const confirms = confirm.calls > 0 && confirm.ms > 0 && old.instance.state === 'ready';
    const timer = this.#timers.get(fresh.instance) ?? createConfirmTimer(carry.clock, confirm.ms);
    this.#timers.delete(fresh.instance);
    if (!confirms) {
      timer.cancel();
      this.retired.add(old.instance);
      if (recovery !== true) return;
    }
    const recorded = this.#record(fresh, taken && { state: taken, since });
    if (!confirms) {
      if (taken === undefined) this.#remember();
      return;
    }
    this.#oldPoint = oldPoint;
    const window = openConfirmWindow({
      old,
      fresh,
      recorded,
      timer,
      calls: confirm.calls,
      onConfirmed: (calls) => {
        this.#endWindow();
        this.#options.emit({ kind: 'confirmed', version: fresh.version, calls });
      },
    });
    this.#window = window;
    recorded.listen({
      answered: () => window.answered(),
      died: (call) => this.#answerByOld(window, call),
    });
  }

  /** Both states have gone on since they were saved: gives that start with the calls since, where they are known. */
  afterTrial(start: Start): Start {
    const point = start.saved === undefined ? undefined : this.#point;
    // A journal that was full in between began anew, with another state.
    if (point !== undefined && point.state === start.saved) return { ...start, since: point.since };
    return { ...start, saved: undefined, taken: undefined };
  }

  /** Ends the confirm window: the old version cannot come back any more. */
  confirm(): void {
    const window = this.#window;
    if (window === undefined || this.#returning !== undefined) return;
    this.#endWindow();
    this.#options.emit({
      kind: 'confirmed',
      version: window.fresh.version,
      calls: window.recorded.journal.count,
    });
  }

  /**
   * Brings the old version of the window back, with its state, and as far as it is safe with the calls since.
   * @returns a promise where the calls give promises
   * @throws {ReloadError} WP_RELOAD where the old version is dead or closed: then the new one stays
   */
  rollBack(reason: unknown): Eventual<void> {
    const window = this.#window;
    if (window === undefined) throw reason;
    return whenDone(this.#bringBack(window, reason), (how) => {
      if (how === 'gone') throw goneError(window.old, this.#options.carry.plugin);
    });
  }

  /** Makes a call that the new version died of to the old one, after it is back; throws its error where that is not safe. */
  #answerByOld(window: ConfirmWindow<Version>, { error, path, args }: FailedCall): unknown {
    if (this.#window !== window) throw error;
    return whenDone(this.#bringBack(window, error), (how) => {
      if (how !== 'whole') throw error;
      return functionAt(this.exportsOf(window.old), path)?.(...args);
    });
  }

  #bringBack(window: ConfirmWindow<Version>, reason: unknown): Eventual<Return> {
    if (this.#returning !== undefined) return this.#returning;
    const how = this.gate.uninterrupted(() => this.#return(window, reason));
    if (how instanceof Promise) {
      const done = (): void => void (this.#returning = undefined);
      this.#returning = how;
      void how.then(done, done);
    }
    return how;
  }

  #return(window: ConfirmWindow<Version>, reason: unknown): Eventual<Return> {
    const { old, recorded } = window;
    window.close();
    const catchUp = (): Eventual<string | undefined> => {
      const obstacle = recorded.journal.obstacle(this.#options.catchUp);
      return obstacle ?? whenDone(recorded.journal.replay(old.instance), () => undefined);
    };
    const died = (error: unknown): string => `the old version died of them: ${String(error)}`;
    return whenDone(recorded.quiet, () =>
      whenDone(orElse(catchUp, died), (obstacle) => this.#putBack(window, { reason, obstacle })),
    );
  }

  #putBack(
    { old, fresh, recorded: { journal } }: ConfirmWindow<Version>,
    { reason, obstacle }: { reason: unknown; obstacle: string | undefined },
  ): Return {
    if (old.instance.state !== 'ready') {
      this.#endWindow();
      return 'gone';
    }
    const replayable = obstacle === undefined;
    this.#window = undefined;
    this.gate.swap(old);
    const point = this.#oldPoint;
    this.#oldPoint = undefined;
    this.#forget();
    if (this.#options.recovery === true) {
      this.#record(old, point && replayable ? { ...point, since: [...point.since, journal] } : point);
    }
    const [replayed, lost] = replayable ? [journal.count, 0] : [0, journal.count];
    const facts = { from: fresh.version, to: old.version, reason, replayed, lost, obstacle };
    this.#options.emit({ kind: 'rolled-back', ...facts });
    if (fresh.instance.state === 'ready') void fresh.instance.close();
    return replayable ? 'whole' : 'lossy';
  }

  /** The good states there are in memory, and the calls since the best one. */
  goodStates(): Extract<StateSource, { kind: 'good' }> {
    const point = this.#point;
    const states = point === undefined ? [] : [point.state];
    const since =
      point?.since.every((journal) => journal.obstacle(this.#options.catchUp) === undefined) === true
        ? point.since
        : undefined;
    return { kind: 'good', states: [...states, ...this.snapshots.list()], since };
  }

  /** Puts an instance in place of a dead one of the same version, after it has been given a state. */
  revive(fresh: Version, start: Start): RecoveryResult {
    this.#closeWindow();
    const { taken, since, whole } = start;
    const replaced = this.#subject.current();
    this.gate.swap(fresh);
    void replaced?.instance.close();
    this.#forget();
    if (this.#options.recovery === true) this.#record(fresh, taken && { state: taken, since });
    const result: RecoveryResult = {
      version: fresh.version,
      state: taken === undefined ? 'none' : whole ? 'whole' : 'last-good',
      replayed: since.reduce((sum, { count }) => sum + count, 0),
      savedAt: taken?.savedAt,
    };
    this.#options.emit({ kind: 'recovered', ...result });
    return result;
  }

  /** Keeps a state that the present instance has just saved: nothing was called since. */
  keep(state: SavedState): void {
    this.snapshots.add(state);
    if (this.#window === undefined && this.#recorded !== undefined) this.#begin(state);
  }

  /** Gives a dead instance's place to a fresh one: at once, where calls are answered at once. */
  reviveNow(fresh: Version): Eventual<RecoveryResult> {
    const start = startFrom(this.goodStates(), fresh, this.#options.carry);
    return whenDone(start, (given) => this.revive(fresh, given));
  }

  close(): void {
    this.#closeWindow();
    this.retired.close();
    if (this.#recorded !== undefined) this.gate.route(undefined);
    this.#forget();
    this.snapshots.clear();
  }

  readonly #watching: CallListener = {
    answered: () => {
      if (this.#recorded?.journal.full === true) this.#remember();
    },
    died: ({ error }) => {
      throw error;
    },
  };

  /** Begins to write down the calls of the present instance. */
  #record({ instance, version }: Version, point: RecoveryPoint | undefined): RecordedCalls {
    const recorded = this.#ready.get(instance) ?? this.#recorderOf(instance);
    this.#ready.delete(instance);
    recorded.journal.clear();
    const { gap: reason } = recorded.journal;
    if (this.#options.recovery === true && reason !== undefined)
      this.#options.emit({ kind: 'not-recorded', version, reason });
    this.#recorded = recorded;
    this.#point = point && { ...point, since: [...point.since, recorded.journal] };
    this.gate.route(recorded.exports);
    return recorded;
  }

  #recorderOf(instance: CarrierInstance): RecordedCalls {
    return new RecordedCalls(instance, this.#watching, this.#options.journal);
  }

  /** What was written down is about an instance that does not serve any more. */
  #forget(): void {
    this.#recorded?.journal.seal();
    this.#recorded = this.#point = undefined;
  }

  /** Lets the present instance save its state, and begins the journal anew. */
  #remember(): void {
    const current = this.#subject.current();
    if (current?.instance.state !== 'ready' || this.#remembering) return;
    this.#remembering = true;
    const done = (): void => void (this.#remembering = false);
    void this.gate.uninterrupted(() => whenDone(this.#saveAndBegin(current), done));
  }

  /** Never fails. */
  #saveAndBegin(current: Version): Eventual<void> {
    this.#recorded?.journal.postpone();
    const save = (): Eventual<void> =>
      whenDone(saveState(current, this.#options.carry), (state) => {
        if (state !== undefined && this.#subject.current() === current) this.#begin(state);
      });
    const saveFailed = (error: unknown): void => this.#options.emit({ kind: 'save-failed', error });
    return whenDone(this.#recorded?.quiet, () => orElse(save, saveFailed));
  }

  /** The state of the present instance is known, and nothing was called since. */
  #begin(state: SavedState): void {
    const journal = this.#recorded?.journal;
    journal?.clear();
    this.#point = journal && { state, since: [journal] };
  }

  /** What was recorded goes on being so only where recovery is wanted. */
  #endWindow(): void {
    const { recorded } = this.#window as ConfirmWindow<Version>;
    this.#closeWindow();
    if (this.#options.recovery === true) {
      recorded.listen(this.#watching);
      if (this.#point === undefined || !recorded.journal.whole) this.#remember();
      return;
    }
    this.#forget();
    this.gate.route(undefined);
  }

  #closeWindow(): void {
    const window = this.#window;
    this.#window = this.#oldPoint = undefined;
    if (window === undefined) return;
    window.close();
    this.retired.add(window.old.instance);
  }
}
