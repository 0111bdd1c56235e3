import { ReloadError, TrapError } from '@wasm-plugin/abi';
import {
  saveState,
  StepFailure,
  type SavedState,
  startFrom,
  type StateSource,
  storedStates,
} from './state/index.js';
import { SYSTEM_CLOCK } from './clock.js';
import type {
  RecoveryResult,
  ReloaderOptions,
  ReloadEvent,
  ReloadOptions,
  ReloadResult,
} from './reload-options.js';
import { SafetyNet } from './return/index.js';
import { whenDone } from './eventual.js';
import type { ReloadSubject, RunningVersion } from './subject.js';
import { expectStill, Transaction, type ReloadContext } from './transaction.js';
import { SerialQueue } from '../runtime/index.js';

/** Advice for an old version that has died, and whose calls were not written down. */
const NOTHING_SERVES =
  'nothing serves now: recover it, or reload with the policy "last-good" or "discard-state"; "recovery" keeps what it knows';

/**
 * Reloads one plugin: as a transaction, with the old version serving until the new one has proved itself. One thing at a
 * time: reloads, saves and recoveries wait for each other, in the order in which they were asked for.
 *
 * Each call is answered exactly once, by one version. If functions answer at once (`wasm`), the state is saved, carried
 * and restored and the instances are swapped with no call in between; if they give promises, calls wait meanwhile, and
 * so they do while an old version comes back. In the confirm window a call that traps in the new version is answered by the
 * old one after the calls since the swap were made again to it, if the new version has called no host import since; otherwise
 * the caller gets the trap. So do the calls that were behind it on their way. See `CatchUp`.
 */
export class Reloader<Version extends RunningVersion = RunningVersion> {
  readonly #subject: ReloadSubject<Version>;
  readonly #onEvent: ReloaderOptions['onEvent'];
  readonly #context: ReloadContext<Version>;
  readonly #net: SafetyNet<Version>;
  readonly #queue = new SerialQueue();
  /** The last reload that began. */
  #transaction: Transaction<Version> | undefined;
  #endOfTrials: Error | undefined;

  constructor(subject: ReloadSubject<Version>, options: ReloaderOptions = {}) {
    const { clock = SYSTEM_CLOCK, migrations = [], budget = {}, catchUp = 'when-safe' } = options;
    this.#subject = subject;
    this.#onEvent = options.onEvent;
    const carry = { plugin: subject.id, migrations, budget, clock };
    const netOptions = { ...options, catchUp, carry, emit: (event: ReloadEvent) => this.#emit(event) };
    this.#net = new SafetyNet(subject, netOptions);
    this.#context = { ...netOptions, subject, net: this.#net };
  }

  /** Returns whether the old version of the last reload can still come back. */
  get confirming(): boolean {
    return this.#net.confirming;
  }

  /** The old version that can still come back. */
  get rollbackPoint(): Version | undefined {
    return this.#net.rollbackPoint;
  }

  /**
   * Replaces the version that serves.
   * @param prepare starts the new one; its exports lead nowhere yet. Called again if a policy needs another instance.
   * @throws {ReloadError} WP_RELOAD, naming the step; the old version serves, with its state. Only if it died while it
   * saved, and cannot be recovered, nothing serves (`instanceUsable` is false then).
   */
  reload(prepare: () => Version | Promise<Version>, options: ReloadOptions = {}): Promise<ReloadResult> {
    return this.#queue.run(async () => {
      try {
        this.#transaction = new Transaction(this.#context);
        if (this.#endOfTrials !== undefined) this.#transaction.stop(this.#endOfTrials);
        return await this.#transaction.run(this.#present(), prepare, options);
      } catch (error) {
        const { step, cause } = error instanceof StepFailure ? error : new StepFailure('prepare', error);
        const instanceUsable = this.#subject.current()?.instance.state === 'ready';
        const why = cause instanceof Error ? cause.message : String(cause);
        const reason = instanceUsable ? why : `${why}; ${NOTHING_SERVES}`;
        const failure = new ReloadError({ step, reason, cause, plugin: this.#subject.id, instanceUsable });
        this.#emit({ kind: 'failed', step, error: failure });
        throw failure;
      }
    });
  }

  /**
   * Brings the old version of the last reload back.
   * @throws {ReloadError} WP_RELOAD if it is not there any more
   */
  rollBack(reason: unknown = 'it was asked for'): Promise<void> {
    return this.#queue.run(async () => {
      await this.#net.quiet();
      if (this.#net.confirming) return this.#net.rollBack(reason);
      else {
        const gone = 'there is no old version to go back to: it was confirmed';
        throw new ReloadError({ step: 'rollback', reason: gone, plugin: this.#subject.id });
      }
    });
  }

  /**
   * Brings the old version back at once, from the middle of a call of the new one that has failed: for calls that go around
   * the exports, as those of a realtime lane do.
   * @returns the old version; `undefined` if it is gone
   * @throws {TypeError} if calls give promises
   */
  rollBackNow(reason: unknown): Version | undefined {
    if (this.#subject.calls === 'async') {
      throw new TypeError(
        'Cannot roll back at once: calls of the plugin give promises; "rollBack" waits for them',
      );
    }
    const old = this.rollbackPoint;
    if (old?.instance.state !== 'ready') return undefined;
    void this.#net.rollBack(reason);
    return old;
  }

  /** Ends the confirm window now: the old version cannot come back, and is closed with the next turn. */
  confirm(): void {
    this.#net.confirm();
  }

  /**
   * Settles once the calls that are written down and on their way are answered, and an old version that comes back is back.
   * @throws {TrapError} WP_TRAP_ABI only in a host import that such a call waits for
   */
  settled(): Promise<void> {
    return this.#net.quiet();
  }

  /**
   * Saves the state of the version that serves, in memory and in the store.
   * @returns the state; `undefined` if the plugin has none
   * @throws {StateError} WP_STATE if the plugin refuses
   * @throws {QuotaError} WP_QUOTA_STATE if the state is too large
   */
  save(): Promise<SavedState | undefined> {
    return this.#queue
      .run(() => this.#save())
      .catch((error: unknown) => {
        throw error instanceof StepFailure ? error.cause : error;
      });
  }

  /**
   * Starts the version that died anew: with its whole state if calls were remembered, else with the newest good state.
   * @throws {PluginError} why it cannot be started
   */
  recover(): Promise<RecoveryResult> {
    return this.#queue.run(async () => {
      await this.#net.quiet();
      const dead = this.#present();
      const stored = await storedStates(this.#context);
      const good = this.#net.goodStates();
      let source: StateSource = { ...good, states: [...good.states, ...stored] };
      for (;;) {
        const fresh = await this.#subject.restart(dead);
        const release = await this.#net.hold();
        try {
          expectStill(dead, this.#subject, 'prepare');
          return await whenDone(startFrom(source, fresh, this.#context.carry), (start) => {
            expectStill(dead, this.#subject, 'commit');
            return this.#net.revive(fresh, start);
          });
        } catch (error) {
          void fresh.instance.close();
          if (this.#subject.current() !== dead) throw error instanceof StepFailure ? error.cause : error;
          if (source.states.length === 0) throw error instanceof StepFailure ? error.cause : error;
          // A state that kills the instance restoring it is not tried again.
          source = { kind: 'good', states: source.states.slice(1), since: undefined };
        } finally {
          release();
        }
      }
    });
  }

  /** Lets the old version win a trial that runs, and any to come: calls may never come, and somebody waits. */
  endTrials(reason: Error): void {
    this.#endOfTrials = reason;
    this.#transaction?.stop(reason);
  }

  /** Forgets the old version and the saved states, after earlier requests; the serving version continues. Ends a trial. */
  async close(): Promise<void> {
    this.endTrials(new Error('what reloads the plugin is closed'));
    await this.#queue.whenDone();
    await this.#net.gate.busy;
    this.#net.close();
  }

  async #save(): Promise<SavedState | undefined> {
    const release = await this.#net.hold();
    let state: SavedState | undefined;
    try {
      state = await whenDone(saveState(this.#present(), this.#context.carry), (saved) => {
        if (saved !== undefined) this.#net.keep(saved);
        return saved;
      });
    } finally {
      release();
    }
    if (state !== undefined) await this.#context.store?.save(state);
    return state;
  }

  #present(): Version {
    const current = this.#subject.current();
    if (current !== undefined) return current;
    const { id } = this.#subject;
    throw new TrapError('WP_CLOSED', `Cannot reload "${id}": nothing of it runs`, { plugin: id });
  }

  #emit(event: ReloadEvent): void {
    try {
      this.#onEvent?.(event);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
