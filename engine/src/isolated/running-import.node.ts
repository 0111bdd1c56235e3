import { AsyncLocalStorage } from 'node:async_hooks';

/** A thread that may be in the middle of a call that waits for a host import. */
export interface Asked {
  readonly runningImport: RunningImport | undefined;
}

const present = new AsyncLocalStorage<RunningImport>();

/** A host import that an instance in a thread waits for, and whom it asks meanwhile. */
export class RunningImport {
  readonly #asked = new Set<{ readonly whom: Asked }>();
  #isRunning = true;

  /** The host import that the code which runs now belongs to, if that has not ended. */
  static get present(): RunningImport | undefined {
    const found = present.getStore();
    return found !== undefined && found.#isRunning ? found : undefined;
  }

  /** Does the work of the import. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await present.run(this, work);
    } finally {
      this.#isRunning = false;
    }
  }

  /** Notes that it asks somebody, until there is an answer. */
  async during<T>(whom: Asked, answer: Promise<T>): Promise<T> {
    const entry = { whom };
    this.#asked.add(entry);
    try {
      return await answer;
    } finally {
      this.#asked.delete(entry);
    }
  }

  /** Returns whether whom it asks, or whom they ask, is in the middle of a call that waits for `other`. */
  waitsFor(other: RunningImport, seen = new Set<RunningImport>()): boolean {
    if (this === other) return true;
    if (seen.has(this)) return false;
    seen.add(this);
    return [...this.#asked].some(({ whom }) => whom.runningImport?.waitsFor(other, seen) === true);
  }
}
