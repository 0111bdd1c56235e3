import type { CarrierInstance } from '@wasm-plugin/abi';
import {
  type CallGate,
  functionAt,
  wrapExports,
  type ExportedFunction,
  type ExportPath,
} from '../calls/index.js';
import type { Clock } from '../clock.js';
import type { Exports, RunningVersion } from '../subject.js';
import { whenDone, type Eventual } from '../eventual.js';

/** Options of a trial of a new version before it gets all calls. A trial ends the confirm window of the reload before it. */
export interface TrialOptions {
  /** Number of calls of the trial. @default 100 */
  readonly calls?: number;
  /** The share of them that the new version answers, above 0, at most 1. @default 0.1 */
  readonly share?: number;
  /**
   * `both`: every call is made to both, the old version first, so that both states stay whole and either version can be kept.
   * `split`: to one of the two; only for plugins without a state, since each misses the other's calls.
   * @default 'both' for a plugin with a state
   */
  readonly state?: 'both' | 'split';
  /**
   * With `both`, a call that reaches the host would reach it twice. `once`: such a call is left to the old version, and ends
   * the trial without the new one. `accept`: it may be made twice.
   * @default 'once'
   */
  readonly effects?: 'once' | 'accept';
  /** Longest wait for the calls in milliseconds; if they do not come, the old version stays. @default 60,000 */
  readonly patienceMs?: number;
}

type Answer = { readonly value: unknown } | { readonly error: unknown };

/** A call, and the functions of both versions that it may be made to. */
interface Turn {
  readonly old: ExportedFunction;
  readonly fresh: ExportedFunction;
  readonly args: readonly unknown[];
  readonly freshAnswers: boolean;
}

/**
 * Two versions side by side, each answering a share of the calls. After any fault of the new version, the old one, whose state
 * knows all calls, answers the call.
 *
 * If functions return promises, calls arrive while others are in progress: each goes to the new version once the old one has
 * answered it, so both get them in the same order. After the last call of the trial, further ones wait until both have answered
 * it.
 */
export class Trial {
  readonly #gate: Pick<CallGate<RunningVersion>, 'route' | 'hold'>;
  readonly #old: CarrierInstance;
  readonly #fresh: CarrierInstance;
  readonly #exports: Exports;
  readonly #options: Required<TrialOptions>;
  #calls = 0;
  #owed = 0;
  #onTheirWay = 0;
  /** Calls of the host that the version had made which is watched for them, when it was last known to. */
  #hostCalls = NaN;
  /** The version whose code runs at this very moment. */
  #running: CarrierInstance | undefined;
  #release = (): void => undefined;
  #end: ((problem: { error: unknown } | undefined) => void) | undefined;

  /** @param exports the target of the old version's calls */
  constructor(
    gate: Pick<CallGate<RunningVersion>, 'route' | 'hold'>,
    { old, fresh, exports }: { old: RunningVersion; fresh: RunningVersion; exports: Exports },
    options: TrialOptions,
  ) {
    const { calls = 100, share = 0.1, state = 'both', effects = 'once', patienceMs = 60_000 } = options;
    checkShare(share);
    this.#gate = gate;
    this.#old = old.instance;
    this.#fresh = fresh.instance;
    this.#exports = exports;
    this.#options = { calls, share, state, effects, patienceMs };
  }

  /**
   * Runs the trial. While it runs, the subject's calls are routed here.
   * @param commit puts the new version behind the exports; called once it has passed, before any other call
   * @returns the fault of the new version; `undefined` if it passed
   */
  run(clock: Clock, commit: () => void): Promise<{ error: unknown } | undefined> {
    const { calls, patienceMs } = this.#options;
    return new Promise((resolve, reject) => {
      const cancel = clock.after(patienceMs, () => {
        this.stop(new Error(`only ${this.#calls} of ${calls} calls came in ${patienceMs} ms`));
      });
      this.#end = (problem) => {
        this.#end = undefined;
        cancel();
        try {
          if (problem === undefined) commit();
          else this.#gate.route(this.#exports);
          resolve(problem);
        } catch (error) {
          reject(error as Error);
        }
        this.#release();
      };
      this.#gate.route(
        wrapExports(
          this.#exports,
          (target, path) =>
            (...args) =>
              this.#call(target, path, args),
        ),
      );
    });
  }

  /** Ends the trial early, in favour of the old version. */
  stop(error: unknown): void {
    this.#end?.({ error });
  }

  #call(old: ExportedFunction, path: ExportPath, args: readonly unknown[]): unknown {
    const fresh = functionAt(this.#fresh.exports, path);
    if (fresh === undefined) {
      this.stop(new Error(`the new version has no export "${path.join('#')}"`));
      return old(...args);
    }
    // A call within a call concerns the version that makes it: the other one has it within its own.
    if (this.#running !== undefined) return (this.#running === this.#fresh ? fresh : old)(...args);
    for (const version of [this.#old, this.#fresh]) version.refuseReentry?.();
    const { share, calls, state } = this.#options;
    this.#owed += share;
    const freshAnswers = this.#owed >= 1 - 1e-9;
    if (freshAnswers) this.#owed -= 1;
    const watched = state === 'both' ? this.#old : this.#fresh;
    if (this.#onTheirWay++ === 0) this.#hostCalls = hostCallsOf(watched);
    this.#calls++;
    const turn = { old, fresh, args, freshAnswers };
    const answer = state === 'both' ? this.#both(turn) : this.#split(turn);
    if (answer instanceof Promise && this.#calls === calls && this.#end !== undefined)
      this.#release = this.#gate.hold();
    return whenDone(answer, (answered) => {
      if (--this.#onTheirWay === 0 && this.#calls >= calls) this.#end?.(undefined);
      if ('error' in answered) throw answered.error;
      return answered.value;
    });
  }

  #both({ old, fresh, args, freshAnswers }: Turn): Eventual<Answer> {
    return whenDone(this.#attempt(this.#old, old, args), (first) => {
      if (this.#end === undefined) return first;
      if (this.#old.state !== 'ready') {
        this.stop(new Error('the old version died in the trial', { cause: first }));
        return first;
      }
      if (this.#options.effects === 'once' && hostCallsOf(this.#old) !== this.#hostCalls) {
        this.stop(new Error('a call reached the host, and cannot be made to both versions'));
        return first;
      }
      return whenDone(this.#attempt(this.#fresh, fresh, args), (second) => {
        if (this.#fresh.state === 'ready') return freshAnswers ? second : first;
        this.stop('error' in second ? second.error : this.#fresh.death);
        return first;
      });
    });
  }

  #split({ old, fresh, args, freshAnswers }: Turn): Eventual<Answer> {
    if (!freshAnswers) return this.#attempt(this.#old, old, args);
    return whenDone(this.#attempt(this.#fresh, fresh, args), (answer) => {
      const hostCalls = hostCallsOf(this.#fresh);
      const reachedHost = hostCalls !== this.#hostCalls;
      if (this.#fresh.state === 'ready') {
        this.#hostCalls = hostCalls;
        return answer;
      }
      this.stop('error' in answer ? answer.error : this.#fresh.death);
      return reachedHost ? answer : this.#attempt(this.#old, old, args);
    });
  }

  #attempt(instance: CarrierInstance, target: ExportedFunction, args: readonly unknown[]): Eventual<Answer> {
    this.#running = instance;
    try {
      const result = target(...args);
      if (!(result instanceof Promise)) return { value: result };
      return result.then(
        (value: unknown) => ({ value }),
        (error: unknown) => ({ error }),
      );
    } catch (error) {
      return { error };
    } finally {
      this.#running = undefined;
    }
  }
}

/** @throws {RangeError} */
export function checkShare(share = 0.1): void {
  if (share > 0 && share <= 1) return;
  throw new RangeError(`Cannot try a version: "share" must be above 0 and at most 1, it is ${share}`);
}

function hostCallsOf(instance: CarrierInstance): number {
  return instance.usage().hostCalls ?? NaN;
}
