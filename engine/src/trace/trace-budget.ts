/** Thrown when a trace has used up its budget. */
class BudgetSpent extends Error {}

/**
 * Bounds the work of one trace, which is read on the host's thread after the call has ended: the guest wrote the names, line
 * tables and source maps, and chose their length. A reader spends a step for each entry, opcode or byte of code, or for some
 * tens of skipped bytes. A step takes about 20 ns.
 */
export class TraceBudget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  /** Takes steps off. Throws if too few are left, which ends the reading. */
  spend(steps = 1): void {
    this.#left -= steps;
    if (this.#left < 0) throw new BudgetSpent();
  }

  /** Takes steps off if enough are left; says whether they were. */
  take(steps: number): boolean {
    if (this.#left < steps) return false;
    this.#left -= steps;
    return true;
  }
}

/** The steps of a trace: enough for the line tables of a program of a few MB, and well below a second. */
export const TRACE_STEPS = 2_000_000;

/** The steps if the call was ended because it took too long: the names of functions, and small line tables. */
export const LATE_TRACE_STEPS = 100_000;
