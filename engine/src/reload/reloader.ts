import { ReloadError, TrapError } from '@wasm-plugin/abi';
import type { Attempt } from './attempt.js';
import { isAboutState, saveState, StepFailure, type CarryOptions, type Passage } from './carry.js';
import { sleep, SYSTEM_CLOCK } from './clock.js';
import { stateFrom } from './given-state.js';
import { hasState } from './guest-state.js';
import { untilIdle } from './idle.js';
import { nextTurn } from './next-turn.js';
import type {
  RecoveryResult,
  ReloaderOptions,
  ReloadEvent,
  ReloadOptions,
  ReloadResult,
} from './reload-options.js';
import { rehearse } from './rehearse.js';
import { SafetyNet } from './safety-net.js';
import type { SafetyNetOptions } from './safety-net-options.js';
import type { SavedState } from './saved-state.js';
import { startFrom, type Start, type StateSource } from './state-source.js';
import { settle } from './settle.js';
import { whenDone, type Eventual } from './steps.js';
import type { ReloadSubject, RunningVersion } from './subject.js';
import { checkShare, Trial } from './trial.js';
import { resourceIn } from './wrap-exports.js';

const CONFIRM = { calls: 100, ms: 10_000 } as const;

/** What to do about an old version that has died, and whose calls were not written down. */
const NOTHING_SERVES =
  'nothing serves now: recover it, or reload with the policy "last-good" or "discard-state"; "recovery" keeps what it knows';

/**
 * Reloads one plugin: as a transaction, with the old version serving until the new one has proved itself. One thing at a
 * time: reloads, saves and recoveries wait for each other, in the order in which they were asked for.
 *
 * Each call is answered exactly once, by one version. Where functions answer at once (`wasm`), the state is saved, carried
 * and restored and the instances are swapped with no call in between; where they give promises, calls wait meanwhile, and
 * so they do while an old version comes back. In the confirm window a call that traps in the new version is answered by the
 * old one after the calls since the swap were made again to it, if the new version has called no host import since; otherwise
 * the caller gets the trap. So do the calls that were behind it on their way. See `CatchUp`.
 */
export class Reloader<Version extends RunningVersion = RunningVersion> {
  readonly #subject: ReloadSubject<Version>;
  readonly #options: ReloaderOptions;
  readonly #carry: CarryOptions;
  readonly #netOptions: SafetyNetOptions;
  readonly #net: SafetyNet<Version>;
  #queue: Promise<unknown> = Promise.resolve();
  /** What `close` ends early: its calls may never come. */
  #trial: Trial | undefined;

  constructor(subject: ReloadSubject<Version>, options: ReloaderOptions = {}) {
    const { clock = SYSTEM_CLOCK, migrations = [], budget = {}, catchUp = 'when-safe' } = options;
    this.#subject = subject;
    this.#options = options;
    this.#carry = { plugin: subject.id, migrations, budget, clock };
    const emit = (event: ReloadEvent): void => this.#emit(event);
    this.#netOptions = { ...options, catchUp, carry: this.#carry, emit };
    this.#net = new SafetyNet(subject, this.#netOptions);
  }

  /** Whether the old version of the last reload can still come back. */
  get confirming(): boolean {
    return this.#net.confirming;
  }

  /** The old version that can still come back. */
  get rollbackPoint(): Version | undefined {
    return this.#net.rollbackPoint;
  }

  /**
   * Replaces the version that serves.
   * @param prepare starts the new one; its exports lead nowhere yet. Called again where a policy needs another instance.
   * @throws {ReloadError} WP_RELOAD, naming the step; the old version serves, with its state. Only where it died while it
   * saved, and cannot be recovered, nothing serves (`instanceUsable` is false then).
   */
  reload(prepare: () => Version | Promise<Version>, options: ReloadOptions = {}): Promise<ReloadResult> {
    return this.#alone(async () => {
      try {
        return await this.#reload(prepare, options);
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
   * @throws {ReloadError} WP_RELOAD where it is not there any more
   */
  rollBack(reason: unknown = 'it was asked for'): Promise<void> {
    return this.#alone(async () => {
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
   * @returns the old version; `undefined` where it is gone
   * @throws {TypeError} where calls give promises
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
   * @returns the state; `undefined` where the plugin has none
   * @throws {StateError} WP_STATE where the plugin refuses
   * @throws {QuotaError} WP_QUOTA_STATE where the state is too large
   */
  save(): Promise<SavedState | undefined> {
    return this.#alone(() => this.#save()).catch((error: unknown) => {
      throw error instanceof StepFailure ? error.cause : error;
    });
  }

  /**
   * Starts the version that died anew: with its whole state where calls were remembered, else with the newest good state.
   * @throws {PluginError} why it cannot be started
   */
  recover(): Promise<RecoveryResult> {
    return this.#alone(async () => {
      await this.#net.quiet();
      const dead = this.#present();
      const stored = await this.#storedStates();
      const good = this.#net.goodStates();
      let source: StateSource = { ...good, states: [...good.states, ...stored] };
      for (;;) {
        const fresh = await this.#subject.restart(dead);
        const release = await this.#net.hold();
        try {
          this.#expect(dead, 'prepare');
          return await whenDone(startFrom(source, fresh, this.#carry), (start) => {
            this.#expect(dead, 'commit');
            return this.#net.revive(fresh, start);
          });
        } catch (error) {
          void fresh.instance.close();
          if (this.#subject.current() !== dead) throw error instanceof StepFailure ? error.cause : error;
          if (source.states.length === 0) throw error instanceof StepFailure ? error.cause : error;
          // A state that kills whoever takes it is not tried again.
          source = { kind: 'good', states: source.states.slice(1), since: undefined };
        } finally {
          release();
        }
      }
    });
  }

  /** Forgets the old version and the saved states, after what was asked for before; what serves goes on. Ends a trial. */
  async close(): Promise<void> {
    this.#trial?.stop(new Error('what reloads the plugin is closed'));
    await this.#queue;
    await this.#net.gate.busy;
    this.#net.close();
  }

  async #save(): Promise<SavedState | undefined> {
    const release = await this.#net.hold();
    let state: SavedState | undefined;
    try {
      state = await whenDone(saveState(this.#present(), this.#carry), (saved) => {
        if (saved !== undefined) this.#net.keep(saved);
        return saved;
      });
    } finally {
      release();
    }
    if (state !== undefined) await this.#options.store?.save(state);
    return state;
  }

  async #reload(prepare: () => Version | Promise<Version>, options: ReloadOptions): Promise<ReloadResult> {
    const { policy = 'keep-old', strategy = { kind: 'immediate' } } = options;
    const { clock } = this.#carry;
    const old = this.#present();
    this.#net.retired.close();
    const given = options.state && stateFrom(options.state, this.#subject.id);
    if (strategy.kind === 'scheduled') await sleep(clock, Math.max(0, strategy.at - clock.now()));
    const confirm = { ...CONFIRM, ...options.confirm };
    const via: RunningVersion[] = [];
    const passed: Passage[] = [];
    const carry = { ...this.#carry, via, onPassed: (passage: Passage) => passed.push(passage) };
    let fresh = await prepare();
    let spare: Version | undefined;
    let release = (): void => undefined;
    try {
      await this.#net.getReady(fresh, confirm);
      await settle();
      for (const start of options.via ?? []) {
        via.push(await start());
        await settle();
      }
      if (this.#net.canRevive) {
        spare = await this.#subject.restart(old);
        await settle();
      }
      const stored = policy === 'last-good' ? await this.#storedStates() : [];
      if (this.#subject.calls === 'sync') rehearse(this.#netOptions);
      await nextTurn();
      if (strategy.kind === 'when-idle') {
        await untilIdle(this.#net.gate, this.#net.exportsOf(old), { ...strategy, clock });
        this.#net.reroute();
      }
      if (strategy.kind === 'blue-green' && given !== undefined) {
        throw new TypeError('both versions of a trial go on from the present state, not from a given one');
      }
      release = await this.#net.hold();
      this.#expect(old, 'prepare');
      if (strategy.kind === 'blue-green') {
        const trial = this.#try({ old, fresh, confirm, carry, passed }, strategy);
        const { ended } = trial instanceof Promise ? await trial : trial;
        release();
        release = (): void => undefined;
        return await ended;
      }
      const source: StateSource =
        given === undefined ? { kind: 'present', version: old } : { kind: 'given', state: given };
      try {
        return await this.#attempt({ old, fresh, confirm, carry, passed }, source);
      } catch (failure) {
        if (policy === 'keep-old' || !isAboutState(failure)) throw failure;
        if (fresh.instance.state !== 'ready') fresh = await prepare();
        const good = this.#net.goodStates();
        const fallback: StateSource =
          policy === 'discard-state' ? { kind: 'nothing' } : { ...good, states: [...good.states, ...stored] };
        return await this.#attempt({ old, fresh, confirm, carry, passed }, fallback);
      }
    } catch (failure) {
      this.#net.dismiss(fresh);
      if (old.instance.state === 'ready') this.#net.reroute();
      else if (spare !== undefined && this.#subject.current() === old) spare = await this.#revive(spare);
      throw failure;
    } finally {
      release();
      for (const each of [...via, ...(spare === undefined ? [] : [spare])]) void each.instance.close();
    }
  }

  /** @returns what to close: the instance that was to take the place of the dead one, where it cannot */
  async #revive(spare: Version): Promise<Version | undefined> {
    try {
      // Nothing holds the calls of a trial.
      await this.#net.gate.uninterrupted(() => this.#net.reviveNow(spare));
      return undefined;
    } catch (error) {
      this.#emit({ kind: 'save-failed', error });
      return spare;
    }
  }

  /** Refuses to go on where another version has come back meanwhile: `rollBackNow` waits for nobody. */
  #expect(old: Version, step: 'prepare' | 'commit'): void {
    const current = this.#subject.current();
    if (current === old) return;
    const reason = `version ${current?.version} has come back in place of ${old.version}`;
    throw new StepFailure(step, new Error(reason));
  }

  /** The steps from *save* to *commit*, with no call in between: calls that give promises are held. */
  #attempt(attempt: Attempt<Version>, source: StateSource): ReloadResult | Promise<ReloadResult> {
    const { fresh } = attempt;
    const began = this.#carry.clock.now();
    return whenDone(startFrom(source, fresh, attempt.carry), (start) => this.#commit(attempt, start, began));
  }

  #commit(attempt: Attempt<Version>, start: Start, began: number): ReloadResult {
    const { old, fresh } = attempt;
    // What a version calls of the host while it is asked for its state, or takes one over, may have done that.
    this.#expect(old, 'commit');
    try {
      this.#net.commit({ ...attempt, start });
    } catch (error) {
      throw new StepFailure('commit', error);
    }
    const pauseMs = this.#carry.clock.now() - began;
    const result = {
      from: old.version,
      to: fresh.version,
      state: start.origin,
      pauseMs,
      via: attempt.passed,
    };
    if (start.saved !== undefined) this.#saveLater(start.saved);
    this.#emit({ kind: 'committed', ...result });
    return result;
  }

  /**
   * Lets both versions work on a share of the calls before the swap. With no call before the trial begins: where calls are
   * answered at once, so is this.
   */
  #try(
    attempt: Attempt<Version>,
    strategy: Extract<NonNullable<ReloadOptions['strategy']>, { kind: 'blue-green' }>,
  ): Eventual<{ readonly ended: Promise<ReloadResult> }> {
    const { old, fresh } = attempt;
    const { state = hasState(old.instance) ? 'both' : 'split' } = strategy;
    const resource = state === 'both' ? resourceIn(old.instance.exports) : undefined;
    if (resource !== undefined) {
      throw new TypeError(`calls of the resource "${resource}" cannot be made to two versions`);
    }
    checkShare(strategy.share);
    const source: StateSource = state === 'split' ? { kind: 'nothing' } : { kind: 'present', version: old };
    return whenDone(startFrom(source, fresh, attempt.carry), (start) => {
      this.#expect(old, 'prepare');
      // Three versions at a time are one too many.
      this.#net.confirm();
      if (start.saved !== undefined) this.#net.keep(start.saved);
      const versions = { old, fresh, exports: this.#net.exportsOf(old) };
      this.#trial = new Trial(this.#net.gate, versions, { ...strategy, state });
      return { ended: this.#endOf(this.#trial, attempt, start) };
    });
  }

  async #endOf(trial: Trial, attempt: Attempt<Version>, start: Start): Promise<ReloadResult> {
    let result: ReloadResult | undefined;
    const problem = await trial.run(this.#carry.clock, () => {
      result = this.#commit(attempt, this.#net.afterTrial(start), this.#carry.clock.now());
    });
    if (result !== undefined) return result;
    throw new StepFailure('health', problem?.error);
  }

  async #storedStates(): Promise<SavedState[]> {
    const stored = await this.#options.store?.load(this.#subject.id);
    for (const { source, error } of stored?.skipped ?? [])
      this.#emit({ kind: 'skipped-state', source, error });
    return stored?.state === undefined ? [] : [stored.state];
  }

  #saveLater(state: SavedState): void {
    this.#options.store?.save(state).catch((error: unknown) => this.#emit({ kind: 'save-failed', error }));
  }

  #present(): Version {
    const current = this.#subject.current();
    if (current !== undefined) return current;
    const { id } = this.#subject;
    throw new TrapError('WP_CLOSED', `Cannot reload "${id}": nothing of it runs`, { plugin: id });
  }

  #emit(event: ReloadEvent): void {
    try {
      this.#options.onEvent?.(event);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  #alone<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
