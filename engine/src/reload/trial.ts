import type { CarrierInstance } from '@wasm-plugin/abi';
import type { CallGate } from './call-gate.js';
import type { Clock } from './clock.js';
import type { Exports, RunningVersion } from './subject.js';
import { functionAt, wrapExports, type ExportedFunction, type ExportPath } from './wrap-exports.js';

/** How a new version is tried before it gets all calls. A trial ends the confirm window of the reload before it. */
export interface TrialOptions {
  /** How many calls the trial lasts. @default 100 */
  readonly calls?: number;
  /** The share of them that the new version answers, above 0, at most 1. @default 0.1 */
  readonly share?: number;
  /**
   * `both`: every call is made to both, the old version first, so that both states stay whole whichever is kept in the end.
   * `split`: to one of the two; only for plugins without a state, since what one is told the other does not know.
   * @default 'both' for a plugin with a state
   */
  readonly state?: 'both' | 'split';
  /**
   * With `both`, a call that reaches the host would reach it twice. `once`: such a call is left to the old version, and ends
   * the trial without the new one. `accept`: it may be made twice.
   * @default 'once'
   */
  readonly effects?: 'once' | 'accept';
  /** How long to wait for the calls; where they do not come, the old version stays. @default 60,000 */
  readonly patienceMs?: number;
}

type Answer = { readonly value: unknown } | { readonly error: unknown };

/**
 * Two versions side by side, each answering a share of the calls. Whatever goes wrong in the new one, the call is answered
 * by the old one, whose state knows all calls.
 */
export class Trial {
  readonly #gate: Pick<CallGate<RunningVersion>, 'route'>;
  readonly #old: CarrierInstance;
  readonly #fresh: CarrierInstance;
  readonly #exports: Exports;
  readonly #options: Required<TrialOptions>;
  #calls = 0;
  #owed = 0;
  #end: ((problem: { error: unknown } | undefined) => void) | undefined;

  /** @param exports what the calls of the old version go to */
  constructor(
    gate: Pick<CallGate<RunningVersion>, 'route'>,
    { old, fresh, exports }: { old: RunningVersion; fresh: RunningVersion; exports: Exports },
    options: TrialOptions,
  ) {
    const { calls = 100, share = 0.1, state = 'both', effects = 'once', patienceMs = 60_000 } = options;
    if (!(share > 0 && share <= 1)) {
      throw new RangeError(`Cannot try a version: "share" must be above 0 and at most 1, it is ${share}`);
    }
    this.#gate = gate;
    this.#old = old.instance;
    this.#fresh = fresh.instance;
    this.#exports = exports;
    this.#options = { calls, share, state, effects, patienceMs };
  }

  /**
   * Runs the trial. While it runs, the subject's calls are routed here.
   * @param commit puts the new version behind the exports; called once it has passed, before any other call
   * @returns what went wrong with the new version; `undefined` where it passed
   */
  run(clock: Clock, commit: () => void): Promise<{ error: unknown } | undefined> {
    const { calls, patienceMs } = this.#options;
    return new Promise((resolve, reject) => {
      const cancel = clock.after(patienceMs, () => {
        this.#end?.({ error: new Error(`only ${this.#calls} of ${calls} calls came in ${patienceMs} ms`) });
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

  #call(old: ExportedFunction, path: ExportPath, args: readonly unknown[]): unknown {
    const fresh = functionAt(this.#fresh.exports, path);
    if (fresh === undefined) {
      this.#end?.({ error: new Error(`the new version has no export "${path.join('#')}"`) });
      return old(...args);
    }
    this.#owed += this.#options.share;
    const freshAnswers = this.#owed >= 1 - 1e-9;
    if (freshAnswers) this.#owed -= 1;
    const answer =
      this.#options.state === 'split'
        ? this.#split({ old, fresh, args, freshAnswers })
        : this.#both({ old, fresh, args, freshAnswers });
    if (++this.#calls >= this.#options.calls) this.#end?.(undefined);
    if ('error' in answer) throw answer.error;
    return answer.value;
  }

  #both({ old, fresh, args, freshAnswers }: Turn): Answer {
    const before = hostCallsOf(this.#old);
    const first = attempt(old, args);
    if (this.#old.state !== 'ready') {
      this.#end?.({ error: new Error('the old version died in the trial', { cause: first }) });
      return first;
    }
    if (this.#options.effects === 'once' && hostCallsOf(this.#old) !== before) {
      this.#end?.({ error: new Error('a call reached the host, and cannot be made to both versions') });
      return first;
    }
    const second = attempt(fresh, args);
    if (this.#fresh.state !== 'ready') {
      this.#end?.('error' in second ? second : { error: this.#fresh.death });
      return first;
    }
    return freshAnswers ? second : first;
  }

  #split({ old, fresh, args, freshAnswers }: Turn): Answer {
    if (!freshAnswers) return attempt(old, args);
    const before = hostCallsOf(this.#fresh);
    const answer = attempt(fresh, args);
    if (this.#fresh.state === 'ready') return answer;
    const reachedHost = hostCallsOf(this.#fresh) !== before;
    this.#end?.('error' in answer ? answer : { error: this.#fresh.death });
    return reachedHost ? answer : attempt(old, args);
  }
}

interface Turn {
  readonly old: ExportedFunction;
  readonly fresh: ExportedFunction;
  readonly args: readonly unknown[];
  readonly freshAnswers: boolean;
}

function attempt(target: ExportedFunction, args: readonly unknown[]): Answer {
  try {
    return { value: target(...args) };
  } catch (error) {
    return { error };
  }
}

function hostCallsOf(instance: CarrierInstance): number {
  return instance.usage().hostCalls ?? NaN;
}
