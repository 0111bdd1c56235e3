import type { StepBudget } from './step-budget.js';
import { violation, type Violation } from './violation.js';

/** More help nobody. */
const MOST = 100;

/** The violations of one check, at most 100: a check that has as many is broken off. */
export class Findings {
  readonly list: Violation[] = [];
  readonly #budget: StepBudget;

  constructor(budget: StepBudget) {
    this.#budget = budget;
  }

  /** Runs a check that adds to these; ends it if there are too many. */
  collect(check: () => void): Violation[] {
    try {
      check();
    } catch (error) {
      if (error !== this) throw error;
      this.list.push(violation('$', undefined, 'more', 'has more problems'));
    }
    return this.list;
  }

  add(found: Violation): void {
    this.#budget.spendText(found.message);
    if (this.list.length >= MOST) throw this;
    this.list.push(found);
  }
}
