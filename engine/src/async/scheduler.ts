import type { PluginError } from '@wasm-plugin/abi';
import type { RootState, RootTasks } from '../canonical/index.js';
import { nextTurn } from './next-turn.js';

/** A piece of work that waits for its turn. */
export type Step = () => void;

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
 * Runs what goes on in one root instance between calls: one step after the other, first come, first served. Each step is a call
 * from the host in the eyes of the limits.
 */
export class Scheduler implements RootTasks {
  readonly root: RootState;
  #steps: Step[] = [];
  #isAwake = false;
  readonly #open = new Set<Ending>();
  readonly #onGoOn: Step[] = [];
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

  /** Does something soon, but not now. */
  post(step: Step): void {
    if (this.root.death !== undefined) return;
    this.#steps.push(step);
    if (this.#isAwake) return;
    this.#isAwake = true;
    queueMicrotask(this.#run);
  }

  /** Does something once the instance lets calls in again. */
  postpone(step: Step): void {
    this.#onGoOn.push(step);
  }

  goOn(): void {
    for (const step of this.#onGoOn.splice(0)) this.post(step);
  }

  /**
   * Does something as a call from the host.
   * @throws the death of the root, if it ends it
   */
  enter<Result>(step: () => Result): Result {
    const { root } = this;
    if (root.death !== undefined) throw root.death;
    root.enter(false);
    try {
      const result = step();
      root.leave();
      return result;
    } catch (error) {
      throw root.fail(error);
    }
  }

  end(error: PluginError): void {
    this.#steps = [];
    for (const ending of this.#open) ending.end(error);
    this.#open.clear();
  }

  readonly #run = (): void => {
    const end = performance.now() + MOST_MS;
    for (let left = MOST_STEPS; left > 0 && this.#steps.length > 0; left--) {
      this.#next();
      if ((left & 31) === 0 && performance.now() > end) break;
    }
    if (this.#steps.length === 0) {
      this.#isAwake = false;
      return;
    }
    nextTurn(this.#run);
  };

  #next(): void {
    const at = this.choose?.(this.#steps.length) ?? 0;
    const step = at === 0 ? this.#steps.shift() : this.#steps.splice(at, 1)[0];
    try {
      this.enter(step as Step);
    } catch {
      // It has ended the root, which has told everybody.
    }
  }
}
