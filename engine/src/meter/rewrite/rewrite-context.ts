import type { Frames } from '../frames/index.js';
import type { CounterPassing, WaitFunctions } from '../append/index.js';
import type { CoreModule, ModuleIndex } from '../../module/index.js';
import type { ResolvedMeterPlan } from '../plan.js';

/** What the rewriting of bodies needs to know of the module around them, and the indices of what is appended to it. */
export interface RewriteContext {
  readonly module: CoreModule;
  readonly index: ModuleIndex;
  readonly plan: ResolvedMeterPlan;
  /** The i64 global that counts up from minus the fuel that was given; 0 and above is out of fuel. */
  readonly counter: number;
  /** The function `(counter, offset) -> counter` that asks the hook for fuel or traps. */
  readonly refuel: number;
  /** The function `()` that now and then looks at the deadline, and traps once it has passed. */
  readonly toll: number;
  /** By memory: the function that stands for `memory.grow`. */
  readonly growMemory: readonly number[];
  /** By table: the function that stands for `table.grow`. */
  readonly growTable: readonly number[];
  /** By memory: the function that stands for `memory.fill`. */
  readonly fillMemory: readonly number[];
  /** By `to,from`: the function that stands for `memory.copy`; absent where the instruction stays. */
  readonly copyMemory: ReadonlyMap<string, number>;
  /** What stands around `memory.atomic.wait`, where there is one. */
  readonly wait: WaitFunctions | undefined;
  /** How frames are counted, where they are. */
  readonly frames: Frames | undefined;
  /** The functions that pass the counter from one to the other. */
  readonly passing: CounterPassing;
  /** Block types for more than one result: by function type, the type index of `[] -> results`. */
  readonly resultTypes: ReadonlyMap<number, number>;
}
