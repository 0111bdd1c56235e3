import type { GrowthBudget } from './growth-budget.js';
import type { CoreModule, FunctionType, ModuleIndex, RecursionGroup, ValueType } from '../../module/index.js';

/** A function that is appended to a module. */
interface AppendedFunction {
  readonly type: number;
  body: Uint8Array | undefined;
}

/**
 * Types and functions that are put behind a module's own. Nothing of the guest's is renumbered, and nothing of ours can
 * be named by the guest: its code was valid without it.
 */
export class Appendix {
  readonly types: RecursionGroup[] = [];
  readonly functions: AppendedFunction[] = [];
  readonly #firstType: number;
  readonly #firstFunction: number;
  readonly #byKey = new Map<string, number>();
  readonly #budget: GrowthBudget;

  constructor(index: ModuleIndex, budget: GrowthBudget) {
    this.#budget = budget;
    this.#firstType = index.types.length;
    this.#firstFunction = index.functionTypes.length;
  }

  /** Returns the index of a function type, appending it once. */
  type(params: readonly ValueType[], results: readonly ValueType[]): number {
    const key = JSON.stringify([params, results]);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    this.#budget.book(key.length);
    const composite: FunctionType = { kind: 'func', params, results };
    this.types.push({ explicit: false, types: [{ form: 'plain', supertypes: [], composite }] });
    const index = this.#firstType + this.types.length - 1;
    this.#byKey.set(key, index);
    return index;
  }

  /** Appends a function and returns its index. Its body may follow later. */
  add(type: number, body?: Uint8Array): number {
    if (body !== undefined) this.#budget.book(body.length);
    this.functions.push({ type, body });
    return this.#firstFunction + this.functions.length - 1;
  }

  /** Sets the body of a function. */
  define(index: number, body: Uint8Array): void {
    const entry = this.functions[index - this.#firstFunction];
    if (entry !== undefined) entry.body = body;
  }

  /** The module's types and functions with the appended ones behind them. */
  extend(module: CoreModule): { types: RecursionGroup[]; functions: number[] } {
    return {
      types: [...module.types, ...this.types],
      functions: [...module.functions, ...this.functions.map((entry) => entry.type)],
    };
  }
}
