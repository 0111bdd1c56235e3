/** Options of `meterModule`: its additions to a module, and the features that it admits. */
export interface MeterPlan {
  /**
   * The most pages the module's own memories may ever have, each. A memory whose minimum is larger is refused.
   *
   * @default no clamp
   */
  readonly memoryPages?: number;
  /**
   * The most elements the module's own tables may ever have, each. A table whose minimum is larger is refused.
   *
   * @default no clamp
   */
  readonly tableElements?: number;
  /**
   * True to report wasmtime's figure for the fuel also after a trap other than a quota's. It costs two stores a direct call.
   * Otherwise that figure may lack the fuel that the open functions burnt since the counter was last stored; calls that return,
   * and those that run out of fuel, are exact either way. With it, two figures still differ, and are nearer to the truth than
   * wasmtime's: of a trap in a function with a `try_table`, and of a misaligned atomic access that lies outside its memory at
   * any address.
   * @default false
   */
  readonly exactTraps?: boolean;
  /**
   * True to let shared memories in. `memory.atomic.wait` then blocks without burning fuel, at most until the deadline
   * of its call; without one for ever.
   *
   * @default false
   */
  readonly sharedMemories?: boolean;
  /**
   * True to let modules in that allocate in the JavaScript engine's own heap: those with types of structs or arrays
   * (WebAssembly GC), or with exceptions of more than 128 bytes, or that tables, globals or other exceptions hold. Nothing
   * bounds that heap, and filling it ends the process.
   *
   * @default false
   */
  readonly unboundedHeap?: boolean;
  /**
   * Counts frames, for a limit on them: those of the guest's functions that are on the stack, but for modules
   * whose functions only pass calls on. `alone` if no other instance of the meter counts any, and `shared` otherwise; that
   * costs more if functions are called by reference.
   *
   * @default false
   */
  readonly stackDepth?: StackCounting;
}

/** The way frames are counted. */
export type StackCounting = false | 'alone' | 'shared';

/** A plan with every choice made. */
export interface ResolvedMeterPlan {
  readonly memoryPages: number | undefined;
  readonly tableElements: number | undefined;
  readonly exactTraps: boolean;
  readonly sharedMemories: boolean;
  readonly unboundedHeap: boolean;
  readonly stackDepth: StackCounting;
}

const BOOLEANS = ['exactTraps', 'sharedMemories', 'unboundedHeap'] as const;
const STACK_COUNTINGS: readonly StackCounting[] = [false, 'alone', 'shared'];
const COUNTS = ['memoryPages', 'tableElements'] as const;

/**
 * Completes a plan.
 *
 * @throws {TypeError} for an unknown key or a value of the wrong type
 * @throws {RangeError} for a negative or fractional count
 */
export function resolveMeterPlan(plan: MeterPlan = {}): ResolvedMeterPlan {
  for (const [key, value] of Object.entries(plan)) {
    if (BOOLEANS.some((name) => name === key)) {
      if (value !== undefined && typeof value !== 'boolean') {
        throw new TypeError(`Cannot meter: "${key}" must be a boolean, but is ${JSON.stringify(value)}`);
      }
    } else if (COUNTS.some((name) => name === key)) {
      if (value !== undefined && (!Number.isSafeInteger(value) || value < 0)) {
        throw new RangeError(`Cannot meter: "${key}" must be a whole number, but is ${String(value)}`);
      }
    } else if (key === 'stackDepth') {
      if (value !== undefined && !STACK_COUNTINGS.some((choice) => choice === value)) {
        const wanted = 'must be false, "alone" or "shared"';
        throw new TypeError(`Cannot meter: "stackDepth" ${wanted}, but is ${JSON.stringify(value)}`);
      }
    } else {
      throw new TypeError(`Cannot meter: unknown key "${key}" in the plan`);
    }
  }
  return Object.freeze({
    memoryPages: plan.memoryPages,
    tableElements: plan.tableElements,
    exactTraps: plan.exactTraps ?? false,
    sharedMemories: plan.sharedMemories ?? false,
    unboundedHeap: plan.unboundedHeap ?? false,
    stackDepth: plan.stackDepth ?? false,
  });
}
