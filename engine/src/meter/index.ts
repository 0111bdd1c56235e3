/**
 * Counts the fuel of core modules and holds their instances to limits.
 *
 * `meterModule` rewrites a module: every function counts what it burns in a **counter**, and asks the **hook** for more when
 * the counter runs out. `createMeter` is the host's half: it answers the hook, and ends the call by a trap once a limit is
 * reached. The words that the files use:
 *
 * **Fuel**
 * - *counter*: an i64 that counts up from minus the fuel that was given. At 0 or above the fuel is used up. Between
 *   functions it is in a global; within a function it is in a local.
 * - *pending*: fuel that was burnt but not yet added to the counter. The rewriter knows it at every instruction, so most
 *   costs are added once, where branches meet.
 * - *slice*: the fuel that a call gets without asking. *Refuel*: ask the hook for the next slice.
 * - *check*: the comparison of the counter with 0, at function entries, loop headers and behind bulk instructions.
 * - *toll*: a look at the deadline before an instruction that takes far more time than fuel, such as a throw.
 *
 * **Copies of a function**
 * - *twin*: a copy that takes the counter as its last parameter and returns it as its last result. Direct calls go to it.
 *   A function that is reached by direct calls only is its own twin: it changes its type and keeps its index.
 * - *thunk*: the body at the guest's own index when the twin was appended. It loads the counter, calls the twin, stores it.
 * - *entry*: a function that the host calls in place of an export. It begins a call, then calls the export. It is "armed".
 *
 * **Counted loops** (loops whose rounds are known before the first)
 * - *exact*: the number of rounds is known. The loop gets an uncounted copy, which runs if the fuel lasts for all rounds.
 * - *bounded*: no more than that many rounds. One check before the first round replaces a check in each.
 * - *unrolled*: nothing is known, but a table of branches lies inside, as in an interpreter. Four rounds share one check.
 *
 * Anything else that has no call inside keeps its check, with the *slow path* (the refuel) behind the loop.
 *
 * **Who decides**
 * - *plan*: what `meterModule` puts into a module. *Limits*: what a meter holds instances to. *Verdict*: the limit that ended
 *   a call.
 *
 * @module
 */
export { bindContext, type BoundContext, type ContextRole } from './bind-context.js';
export { clampModule, type ClampedModule } from './clamp-module.js';
export type { ExposedSizes } from './exposed-sizes.js';
export {
  createMeter,
  Meter,
  quotaErrorFrom,
  tightestCall,
  type CallDeadline,
  type MeteredInstance,
  type MeterLimits,
  type MeterUsage,
  type Verdict,
} from './budget/index.js';
export { meterModule } from './meter-module.js';
export type { MeteredFacts, MeteredModule, MeterStats } from './metered-module.js';
export { functionNames } from './sections/index.js';
export type { OffsetMap, OriginalPlace } from './offset-map.js';
export type { Pieces } from './pieces.js';
export { resolveMeterPlan, type MeterPlan, type ResolvedMeterPlan, type StackCounting } from './plan.js';
export type { PrivateNames } from './private-names.js';
