import type { CarrierInstance } from '@wasm-plugin/abi';
import { CallGate } from '../calls/index.js';
import { whenDone, type Eventual } from '../eventual.js';
import type { RecoveryResult } from '../reload-options.js';
import {
  askAhead,
  Snapshots,
  startFrom,
  type SavedState,
  type Start,
  type StateSource,
} from '../state/index.js';
import type { Exports, ReloadSubject, RunningVersion } from '../subject.js';
import { createConfirmTimer, type ConfirmTimer } from './confirm-window.js';
import { OldVersion } from './old-version.js';
import { Recording } from './recording.js';
import { Retired } from './retired.js';
import type { Commit, Confirm, SafetyNetOptions } from './safety-net-options.js';

/**
 * Brings a plugin back after a trap, from the old version in the confirm window, the journal of the calls since the state
 * was last known, and the good states in memory.
 */
export class SafetyNet<Version extends RunningVersion> {
  readonly snapshots: Snapshots;
  readonly retired = new Retired();
  /** The gate that the calls of the plugin go through. */
  readonly gate: CallGate<Version>;
  readonly #subject: ReloadSubject<Version>;
  readonly #options: SafetyNetOptions;
  readonly #old: OldVersion<Version>;
  /** The calls of the instance that serves, if they are written down. */
  readonly #recording: Recording<Version>;
  /** Made before the swap, so that they do not add to the pause. */
  readonly #timers = new WeakMap<CarrierInstance, ConfirmTimer>();

  constructor(subject: ReloadSubject<Version>, options: SafetyNetOptions) {
    this.#subject = subject;
    this.gate = new CallGate(subject);
    this.#options = options;
    this.#recording = new Recording({ subject, gate: this.gate }, options);
    const { gate, retired } = this;
    this.#old = new OldVersion({ gate, retired, recording: this.#recording }, options);
    this.snapshots = new Snapshots(options.carry.clock, options.snapshots);
    const current = subject.current();
    if (options.recovery !== true || current === undefined) return;
    this.#recording.start(current, undefined);
    this.#recording.save();
  }

  /** Returns whether the old version can still come back. */
  get confirming(): boolean {
    return this.#old.version !== undefined;
  }

  /** The old version that can still come back. */
  get rollbackPoint(): Version | undefined {
    return this.#old.version;
  }

  /** Returns whether an instance that dies can be replaced without losing anything. */
  get canRevive(): boolean {
    return this.goodStates().since !== undefined;
  }

  /** Returns the exports that the calls of a serving version go to. */
  exportsOf(version: Version): Exports {
    return this.#recording.calls?.exports ?? version.instance.exports;
  }

  /** Sends calls where they belong, after they were sent elsewhere for a while. */
  reroute(): void {
    this.gate.route(this.#recording.calls?.exports);
  }

  /**
   * Settles once no observed call is in progress, and its follow-up work is done.
   * @throws {TrapError} WP_TRAP_ABI if a call in progress waits for the caller
   */
  async quiet(): Promise<void> {
    this.gate.refuseReentry();
    for (;;) {
      const wait = this.#recording.calls?.quiet ?? this.gate.busy;
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

  /** Prepares an instance before the swap, so that this work does not add to the pause. */
  getReady({ instance }: Version, confirm: Confirm): Eventual<unknown> {
    this.#recording.prepare(instance);
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
    this.#old.close();
    const { saved, taken, since } = start;
    const oldPoint = saved === undefined ? this.#recording.point : { state: saved, since };
    this.gate.swap(fresh);
    this.#recording.stop();
    if (saved !== undefined) this.snapshots.add(saved);
    const confirms = confirm.calls > 0 && confirm.ms > 0 && old.instance.state === 'ready';
    const timer = this.#timers.get(fresh.instance) ?? createConfirmTimer(carry.clock, confirm.ms);
    this.#timers.delete(fresh.instance);
    if (!confirms) {
      timer.cancel();
      this.retired.add(old.instance);
      if (recovery !== true) return;
    }
    const recorded = this.#recording.start(fresh, taken && { state: taken, since });
    if (!confirms) {
      if (taken === undefined) this.#recording.save();
      return;
    }
    this.#old.keep({ old, oldPoint, fresh, recorded, timer, calls: confirm.calls });
  }

  /** Both states have gone on since they were saved: gives that start with the calls since, if they are known. */
  afterTrial(start: Start): Start {
    const point = start.saved === undefined ? undefined : this.#recording.point;
    // A journal that was full in between began anew, with another state.
    if (point !== undefined && point.state === start.saved) return { ...start, since: point.since };
    return { ...start, saved: undefined, taken: undefined };
  }

  /** Ends the confirm window: the old version cannot come back any more. */
  confirm(): void {
    this.#old.confirm();
  }

  /**
   * Brings the old version of the window back, with its state, and as far as it is safe with the calls since.
   * @returns a promise if the calls give promises
   * @throws {ReloadError} WP_RELOAD if the old version is dead or closed: then the new one stays
   */
  rollBack(reason: unknown): Eventual<void> {
    return this.#old.bringBack(reason);
  }

  /** The good states there are in memory, and the calls since the best one. */
  goodStates(): Extract<StateSource, { kind: 'good' }> {
    const point = this.#recording.point;
    const states = point === undefined ? [] : [point.state];
    const since =
      point?.since.every((journal) => journal.obstacle(this.#options.catchUp) === undefined) === true
        ? point.since
        : undefined;
    return { kind: 'good', states: [...states, ...this.snapshots.list()], since };
  }

  /** Puts an instance in place of a dead one of the same version, after it has been given a state. */
  revive(fresh: Version, start: Start): RecoveryResult {
    this.#old.close();
    const { taken, since, whole } = start;
    const replaced = this.#subject.current();
    this.gate.swap(fresh);
    void replaced?.instance.close();
    this.#recording.stop();
    if (this.#options.recovery === true) this.#recording.start(fresh, taken && { state: taken, since });
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
    if (!this.confirming && this.#recording.calls !== undefined) this.#recording.restartFrom(state);
  }

  /** Puts a fresh instance in the place of a dead one: at once, if calls are answered at once. */
  reviveNow(fresh: Version): Eventual<RecoveryResult> {
    const start = startFrom(this.goodStates(), fresh, this.#options.carry);
    return whenDone(start, (ready) => this.revive(fresh, ready));
  }

  close(): void {
    this.#old.close();
    this.retired.close();
    if (this.#recording.calls !== undefined) this.gate.route(undefined);
    this.#recording.stop();
    this.snapshots.clear();
  }
}
