import type { Frames } from '../frames/index.js';
import type { CounterPassing, WaitFunctions } from '../append/index.js';
import type { CoreModule, ModuleIndex } from '../../module/index.js';
import type { ResolvedMeterPlan } from '../plan.js';

/** The module around the rewritten bodies, and the indices of the appended items. */
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
  /** By `to,from`: the function that stands for `memory.copy`; absent if the instruction stays. */
  readonly copyMemory: ReadonlyMap<string, number>;
  /** The functions called before and after `memory.atomic.wait`, if there is one. */
  readonly wait: WaitFunctions | undefined;
  /** The globals and functions that count frames, if they are counted. */
  readonly frames: Frames | undefined;
  /** The functions that pass the counter from one to the other. */
  readonly passing: CounterPassing;
  /** Block types for more than one result: by function type, the type index of `[] -> results`. */
  readonly resultTypes: ReadonlyMap<number, number>;
}
