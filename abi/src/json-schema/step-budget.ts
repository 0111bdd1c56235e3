const MOST_STEPS = 200_000;
/** Characters of text that count as one step. */
const CHARACTERS_A_STEP = 64;

/** Thrown by a `StepBudget` that is used up. The code that made the budget catches it and names the refused data. */
export class OutOfSteps extends Error {
  override name = 'OutOfSteps';
}

/**
 * The work that walks over data of a plugin may do together: one step for each node they visit, make or compare, and one for
 * each 64 characters of text. Data from a stranger can refer to one node many times (`allOf` × `$ref`), so a bound on its size
 * or its depth says nothing about the work; this does. A step takes about a microsecond.
 */
export class StepBudget {
  /** Number of steps in total. */
  readonly steps: number;
  #left: number;

  constructor(steps = MOST_STEPS) {
    this.steps = this.#left = steps;
  }

  /** Takes steps away. @throws {OutOfSteps} */
  spend(steps = 1): void {
    this.#left -= steps;
    if (this.#left < 0) throw new OutOfSteps(`takes more than ${this.steps} steps`);
  }

  /**
   * Takes the cost of reading a text once.
   * @throws {OutOfSteps}
   */
  spendText(text: string): void {
    this.spend(1 + Math.floor(text.length / CHARACTERS_A_STEP));
  }
}
