import {
  isAboutState,
  StepFailure,
  type CarryOptions,
  type Passage,
  stateFrom,
  hasState,
  startFrom,
  type Start,
  type StateSource,
  type StateStore,
  storedStates,
} from './state/index.js';
import { nextTurn } from '../runtime/index.js';
import { untilIdle, checkShare, Trial } from './strategy/index.js';
import { settle } from './settle.js';
import { rehearse } from './rehearse.js';
import type { ReloadOptions, ReloadResult } from './reload-options.js';
import type { SafetyNet, Confirm, SafetyNetOptions } from './return/index.js';
import { whenDone, type Eventual } from './eventual.js';
import type { ReloadSubject, RunningVersion } from './subject.js';
import { resourceIn } from './calls/index.js';

const CONFIRM = { calls: 100, ms: 10_000 } as const;

/** The parts that the reloads of one plugin share. */
export interface ReloadContext<Version extends RunningVersion> extends SafetyNetOptions {
  readonly subject: ReloadSubject<Version>;
  readonly net: SafetyNet<Version>;
  readonly store?: StateStore | undefined;
}

/** Two versions, one of which takes the place of the other. */
interface Attempt<Version extends RunningVersion> {
  readonly old: Version;
  readonly fresh: Version;
  readonly confirm: Confirm;
  readonly carry: CarryOptions;
  /** The versions in between that the state has gone through. */
  readonly passed: Passage[];
}

/**
 * One reload: prepare, settle, rehearse; save, carry, restore and health with no call in between; commit. Until then the old
 * version serves, and any failure leaves it as it was.
 */
export class Transaction<Version extends RunningVersion> {
  readonly #context: ReloadContext<Version>;
  #trial: Trial | undefined;
  #stopped: Error | undefined;

  constructor(context: ReloadContext<Version>) {
    this.#context = context;
  }

  /**
   * Goes through its steps.
   * @param old the serving version
   * @param prepare starts the new version; called again if a policy needs another instance
   * @throws {StepFailure} naming the step; any other error is one of *prepare*
   */
  async run(
    old: Version,
    prepare: () => Version | Promise<Version>,
    options: ReloadOptions,
  ): Promise<ReloadResult> {
    const { net, subject } = this.#context;
    const { clock } = this.#context.carry;
    const turn = subject.nextTurn === undefined ? nextTurn : () => (subject.nextTurn as typeof nextTurn)();
    const { policy = 'keep-old', strategy = { kind: 'immediate' } } = options;
    net.retired.close();
    const givenState = options.state && stateFrom(options.state, subject.id);
    const confirm = { ...CONFIRM, ...options.confirm };
    const via: RunningVersion[] = [];
    const passed: Passage[] = [];
    const carry = { ...this.#context.carry, via, onPassed: (passage: Passage) => passed.push(passage) };
    let fresh = await prepare();
    let spare: Version | undefined;
    let release = (): void => undefined;
    try {
      await net.getReady(fresh, confirm);
      await settle(turn);
      for (const start of options.via ?? []) {
        via.push(await start());
        await settle(turn);
      }
      if (net.canRevive) {
        spare = await subject.restart(old);
        await settle(turn);
      }
      const stored = policy === 'last-good' ? await storedStates(this.#context) : [];
      if (subject.calls === 'sync') rehearse(this.#context);
      await turn();
      if (strategy.kind === 'when-idle') {
        await untilIdle(net.gate, net.exportsOf(old), { ...strategy, clock });
        net.reroute();
      }
      if (strategy.kind === 'blue-green' && givenState !== undefined) {
        throw new TypeError('both versions of a trial go on from the present state, not from a given one');
      }
      release = await net.hold();
      expectStill(old, subject, 'prepare');
      if (strategy.kind === 'blue-green') {
        const trial = this.#try({ old, fresh, confirm, carry, passed }, strategy);
        const { ended } = trial instanceof Promise ? await trial : trial;
        release();
        release = (): void => undefined;
        return await ended;
      }
      const source: StateSource =
        givenState === undefined ? { kind: 'present', version: old } : { kind: 'given', state: givenState };
      try {
        return await this.#attempt({ old, fresh, confirm, carry, passed }, source);
      } catch (failure) {
        if (policy === 'keep-old' || !isAboutState(failure)) throw failure;
        if (fresh.instance.state !== 'ready') fresh = await prepare();
        const good = net.goodStates();
        const fallback: StateSource =
          policy === 'discard-state' ? { kind: 'nothing' } : { ...good, states: [...good.states, ...stored] };
        return await this.#attempt({ old, fresh, confirm, carry, passed }, fallback);
      }
    } catch (failure) {
      net.dismiss(fresh);
      if (old.instance.state === 'ready') net.reroute();
      else if (spare !== undefined && subject.current() === old) spare = await this.#revive(spare);
      throw failure;
    } finally {
      release();
      for (const unneeded of [...via, ...(spare === undefined ? [] : [spare])])
        net.retired.add(unneeded.instance);
    }
  }

  /** Lets the old version win a trial that runs or is about to: its calls may never come. */
  stop(reason: Error): void {
    this.#stopped = reason;
    this.#trial?.stop(reason);
  }

  /** @returns the instance to close: the one that was to replace the dead one, if it cannot */
  async #revive(spare: Version): Promise<Version | undefined> {
    try {
      // Nothing holds the calls of a trial.
      await this.#context.net.gate.uninterrupted(() => this.#context.net.reviveNow(spare));
      return undefined;
    } catch (error) {
      this.#context.emit({ kind: 'save-failed', error });
      return spare;
    }
  }

  /** The steps from *save* to *commit*, with no call in between: calls that give promises are held. */
  #attempt(attempt: Attempt<Version>, source: StateSource): ReloadResult | Promise<ReloadResult> {
    const { fresh } = attempt;
    const began = this.#context.carry.clock.now();
    return whenDone(startFrom(source, fresh, attempt.carry), (start) => this.#commit(attempt, start, began));
  }

  #commit(attempt: Attempt<Version>, start: Start, began: number): ReloadResult {
    const { old, fresh } = attempt;
    // The version's calls of the host during its save or restore may have ended the reload.
    expectStill(old, this.#context.subject, 'commit');
    try {
      this.#context.net.commit({ ...attempt, start });
    } catch (error) {
      throw new StepFailure('commit', error);
    }
    const pauseMs = this.#context.carry.clock.now() - began;
    const result = {
      from: old.version,
      to: fresh.version,
      state: start.origin,
      pauseMs,
      via: attempt.passed,
    };
    const { store, emit } = this.#context;
    if (start.saved !== undefined)
      store?.save(start.saved).catch((error: unknown) => emit({ kind: 'save-failed', error }));
    emit({ kind: 'committed', ...result });
    return result;
  }

  /**
   * Lets both versions work on a share of the calls before the swap. With no call before the trial begins: if calls are
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
      expectStill(old, this.#context.subject, 'prepare');
      if (this.#stopped !== undefined) throw this.#stopped;
      // Three versions at a time are one too many.
      this.#context.net.confirm();
      if (start.saved !== undefined) this.#context.net.keep(start.saved);
      const versions = { old, fresh, exports: this.#context.net.exportsOf(old) };
      this.#trial = new Trial(this.#context.net.gate, versions, { ...strategy, state });
      return { ended: this.#endOf(this.#trial, attempt, start) };
    });
  }

  async #endOf(trial: Trial, attempt: Attempt<Version>, start: Start): Promise<ReloadResult> {
    let result: ReloadResult | undefined;
    const problem = await trial.run(this.#context.carry.clock, () => {
      result = this.#commit(attempt, this.#context.net.afterTrial(start), this.#context.carry.clock.now());
    });
    if (result !== undefined) return result;
    throw new StepFailure('health', problem?.error);
  }
}

/** Refuses to go on if another version has come back meanwhile: `rollBackNow` waits for nobody. */
export function expectStill<Version extends RunningVersion>(
  old: Version,
  subject: ReloadSubject<Version>,
  step: 'prepare' | 'commit',
): void {
  const current = subject.current();
  if (current === old) return;
  const reason = `version ${current?.version} has come back in place of ${old.version}`;
  throw new StepFailure(step, new Error(reason));
}
