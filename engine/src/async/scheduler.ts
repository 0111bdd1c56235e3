import type { PluginError } from '@wasm-plugin/abi';
import type { CallUse, RootState, RootTasks } from '../canonical/index.js';
import { nextTurn } from './next-turn.js';

/** A piece of work that waits for its turn. */
export type Step = () => void;

/** A step, and the call that it belongs to. */
interface Turn {
  step: Step;
  use: CallUse;
}

/** Something that has to be told that the root has ended. */
export interface Ending {
  end(error: PluginError): void;
}

/** Chooses the next of some steps, by its place among them. */
export type Choose = (count: number) => number;

/** Steps, and milliseconds, after which everything else on this thread gets its turn. */
const MOST_STEPS = 1000;
const MOST_MS = 4;

/**
 * Runs what goes on in one root instance between calls: one step after the other, first come, first served. A step has the rest
 * of the limits of its call: all tasks that a call of the host leads to are one call to them.
 */
export class Scheduler implements RootTasks {
  readonly root: RootState;
  #turns: Turn[] = [];
  /** The place of the next turn among them. */
  #first = 0;
  /** The use of the limits by the call that the step in progress belongs to. */
  #use: CallUse | undefined;
  #isAwake = false;
  readonly #open = new Set<Ending>();
  readonly #onGoOn: Turn[] = [];
  /** Chooses the next step. @default the first */
  choose: Choose | undefined;

  constructor(root: RootState) {
    this.root = root;
  }

  /** Number of calls, streams and futures that are open. */
  get open(): number {
    return this.#open.size;
  }

  /** Has something ended together with the root. */
  add(ending: Ending): void {
    this.#open.add(ending);
  }

  has(ending: Ending): boolean {
    return this.#open.has(ending);
  }

  remove(ending: Ending): void {
    this.#open.delete(ending);
  }

  /** The use of the limits by the call in progress, or by a new one. */
  get use(): CallUse {
    return this.#use ?? { fuel: 0, timeMs: 0, hostBytes: 0, hostCalls: 0 };
  }

  /** Does something soon, but not now, as a step of the call in progress or of another one. */
  post(step: Step, use: CallUse = this.use): void {
    if (this.root.death !== undefined) return;
    this.#turns.push({ step, use });
    if (this.#isAwake) return;
    this.#isAwake = true;
    queueMicrotask(this.#run);
  }

  /** Does something once the instance lets calls in again. */
  postpone(step: Step, use: CallUse): void {
    this.#onGoOn.push({ step, use });
  }

  goOn(): void {
    for (const { step, use } of this.#onGoOn.splice(0)) this.post(step, use);
  }

  /**
   * Does something as a step of a call, which is the call in progress meanwhile.
   * @throws the error of `work`, and of a limit
   */
  within<Result>(use: CallUse, work: () => Result): Result {
    const outer = this.#use;
    this.#use = use;
    try {
      return this.root.step(use, work);
    } finally {
      this.#use = outer;
    }
  }

  /**
   * Does the same, and ends the root if that fails.
   * @throws {PluginError} its death
   */
  enter(work: Step, use: CallUse = this.use): void {
    const { root } = this;
    if (root.death !== undefined) throw root.death;
    try {
      this.within(use, () => {
        work();
        root.leave();
      });
    } catch (error) {
      throw root.fail(error);
    }
  }

  end(error: PluginError): void {
    this.#turns = [];
    this.#first = 0;
    for (const ending of this.#open) ending.end(error);
    this.#open.clear();
  }

  get #waiting(): number {
    return this.#turns.length - this.#first;
  }

  readonly #run = (): void => {
    const end = performance.now() + MOST_MS;
    for (let left = MOST_STEPS; left > 0 && this.#waiting > 0; left--) {
      this.#next();
      if ((left & 31) === 0 && performance.now() > end) break;
    }
    if (this.#waiting === 0) this.#isAwake = false;
    else nextTurn(this.#run);
  };

  #next(): void {
    const { step, use } = this.#take(this.choose?.(this.#waiting) ?? 0);
    try {
      this.enter(step, use);
    } catch {
      // It has ended the root, which has told everybody.
    }
  }

  #take(chosen: number): Turn {
    if (chosen > 0) return this.#turns.splice(this.#first + chosen, 1)[0] as Turn;
    const turn = this.#turns[this.#first++] as Turn;
    if (this.#first * 2 > this.#turns.length) {
      this.#turns = this.#turns.slice(this.#first);
      this.#first = 0;
    }
    return turn;
  }
}
