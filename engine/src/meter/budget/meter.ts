import type { Attached } from './attached.js';
import { AttachedInstances } from './attached-instances.js';
import { ASK } from '../append/index.js';
import { CallClock, type Passed } from './call-clock.js';
import { GET_DEPTH_SLOT, SET_DEPTH_SLOT } from '../frames/index.js';
import { enterHost, leaveHost } from './host-call.js';
import { createSharedDepth, type SharedDepth } from './shared-depth.js';
import { tableFunctionOf } from './hook-trampoline.js';
import type { MeteredFacts, MeteredModule } from '../metered-module.js';
import { CallBoundary, type MeteredInstance } from './call-boundary.js';
import {
  resolveMeterLimits,
  type CallQuota,
  type MeterLimits,
  type MeterUsage,
  type ResolvedMeterLimits,
  type Verdict,
} from './meter-limits.js';
import { refuseUncounted } from './refuse-uncounted.js';
import { PAGE_BYTES, SizeBudget } from './size-budget.js';

const MAX_DEPTH = 0x7fffffff;

/**
 * Amount from which the whole rest of a shared budget goes to the running instance: an instance may use more than its share
 * before the next check, and must not use fuel that another instance still holds.
 */
const EXACT_FUEL = 65_536;

/**
 * Holds one or more metered core instances to one budget: the host half of `meterModule`.
 *
 * `instantiate` does all of it. By hand, in this order: `admit` the module, instantiate it, `attach` the instance, run
 * `start`, then call through `entry`. A single instance arms its own calls, so that the host pays nothing a call. Several
 * share the budget exactly; then the host calls `beginCall` before each call that comes from outside.
 *
 * State: once there is a `verdict`, every guest function that is entered again traps again.
 */
export class Meter {
  readonly #limits: ResolvedMeterLimits;
  readonly #clock: CallClock;
  readonly #instances = new AttachedInstances();
  readonly #boundary = new CallBoundary(this);
  /** The fuel of the calls to come. */
  #fuel: number;
  readonly #sizes: SizeBudget;
  #verdict: Verdict | undefined;
  /** The usage when the verdict fell. */
  #lastUsage: MeterUsage | undefined;
  #depth: SharedDepth | undefined;
  /** The fuel that a call gets without asking. */
  #slice = 0;
  /** The clock's slice when `#slice` was set: it changes within calls, too. */
  #slicedBy = 0;

  constructor(limits: MeterLimits, now: () => number) {
    const resolved = resolveMeterLimits(limits);
    this.#limits = resolved;
    this.#sizes = new SizeBudget(resolved);
    this.#fuel = resolved.fuel;
    this.#clock = new CallClock(now);
    this.#clock.limit(resolved);
  }

  /** The quota that ended the last call; `undefined` if none did. */
  get verdict(): Verdict | undefined {
    return this.#verdict;
  }

  /**
   * Makes an instance of a metered module, runs its start function, and returns its exports. Each call of a function in
   * `exports` from outside begins a call of its own, and throws a `QuotaError` once a limit ends it. Functions among the
   * imports are wrapped, so that their time is not the guest's. A call of an export in an import, or of an instance of the same
   * meter that imports it, is part of the call in progress. Wrapping costs a call some 50 ns; `attach` and `entry` do without.
   * @throws {QuotaError} WP_QUOTA_MEMORY, WP_QUOTA_TABLE if its start exceeds the rest of the budget; the code of the limit
   * that ends its start function
   * @throws {RangeError} as `attach`
   * @throws {WebAssembly.LinkError} if imports are missing or do not fit
   */
  instantiate(metered: MeteredModule, imports: WebAssembly.Imports = {}): Promise<MeteredInstance> {
    return this.#boundary.instantiate(metered, imports);
  }

  /**
   * Books the memories and tables a module starts with. Call it before instantiating.
   *
   * @returns the quota that is too small, in which case nothing was booked; `undefined` if it fits
   */
  admit(metered: MeteredFacts): Verdict | undefined {
    return this.#sizes.admit(metered);
  }

  /**
   * Puts the hook into a new instance of a metered module. Nothing of the guest runs.
   *
   * @throws {RangeError} if frames are limited, and the plan of the module does not count them together with the others
   */
  attach(metered: MeteredFacts, instance: WebAssembly.Instance): void {
    if (this.#limits.stackDepth !== Infinity) refuseUncounted(metered, this.#instances.all);
    const { names } = metered;
    const attached = this.#instances.add(metered, instance);
    const hook = tableFunctionOf((question, calls, first, second) =>
      this.#answer(attached, question, calls, first, second),
    );
    const table = instance.exports[names.hook] as WebAssembly.Table;
    table.set(0, hook);
    if (names.frames !== undefined) {
      const limit = instance.exports[names.frames.limit] as (limit: number) => void;
      limit(Math.min(this.#limits.stackDepth, MAX_DEPTH));
      if (metered.stackDepth === 'shared') {
        this.#depth ??= createSharedDepth();
        table.set(SET_DEPTH_SLOT, this.#depth.set);
        table.set(GET_DEPTH_SLOT, this.#depth.get);
      }
    }
    this.#setSlices();
  }

  /** Runs the module's start function, if it has one, as a call of its own. */
  start(metered: MeteredFacts, instance: WebAssembly.Instance): void {
    const { start } = metered.names;
    if (start === undefined) return;
    this.beginCall();
    (instance.exports[start] as () => void)();
  }

  /**
   * Returns the function to call from outside in place of an export: one that arms each call by itself. Functions that
   * other instances import must be the plain exports.
   */
  entry(instance: WebAssembly.Instance, name: string): WebAssembly.ExportValue | undefined {
    const armed = this.#instances.find(instance)?.metered.names.armed.get(name);
    if (armed === undefined || !this.#instances.isSingle) return instance.exports[name];
    return instance.exports[armed];
  }

  /**
   * Starts a call by hand. Needed before every call from outside if several instances share the meter, and before one
   * that runs more than one guest function.
   */
  beginCall(): void {
    this.#instances.beginCall(this.#slice);
  }

  /** Sets the limits of the calls to come. Costs nothing if they are as they were. */
  arm(limits: Pick<MeterLimits, CallQuota>): void {
    const resolved = resolveMeterLimits(limits);
    this.#clock.limit(resolved);
    this.#fuel = resolved.fuel;
    this.#setSlices();
  }

  /** Must be called when a call ended by an exception that the guest may survive. */
  settle(): void {
    this.#instances.settle();
  }

  /** A host import begins: stops the guest's clock. Needed under `timeMs` and `wallMs`. */
  pause(): void {
    if (!this.#clock.runs) return;
    this.#startClock();
    this.#clock.pause();
    enterHost(this);
  }

  /** A host import has ended. If a deadline has passed meanwhile, the guest traps at its next check. */
  resume(): void {
    if (!this.#clock.runs) return;
    leaveHost(this);
    this.#endIf(this.#clock.resume());
  }

  /**
   * Looks at the deadlines, while the host works for the guest or a host import runs. Once one has passed there is a
   * `verdict`, and the guest traps at its next check. The first look of a call may start its clock.
   */
  look(): void {
    if (!this.#clock.runs) return;
    if (this.#startClock()) return;
    this.#endIf(this.#clock.look());
  }

  /** A call from outside has ended: looks at the deadlines a last time, unless the call was too short to start the clock. */
  endCall(): void {
    if (!this.#clock.isStarted) return;
    this.#clock.isStarted = false;
    if (!this.#isTimed()) return;
    this.#endIf(this.#clock.endCall());
    if (this.#clock.slice !== this.#slicedBy) this.#setSlices();
  }

  /** No instance runs any more, even if a call was open. */
  abandonCall(): void {
    leaveHost(this);
  }

  /** The limit on the time of a call with everything in it, in milliseconds. */
  get wallMs(): number {
    return this.#clock.wallMs;
  }

  /** Returns the part of `wallMs` that the call in progress has left. */
  wallLeftMs(): number {
    return this.#clock.wallLeftMs();
  }

  /** The amounts used so far. */
  usage(): MeterUsage {
    if (this.#lastUsage !== undefined) return this.#lastUsage;
    const { used, earlier } = this.#instances.fuelOfAll();
    const fuel = this.#verdict?.quota === 'fuel' ? this.#fuel : Math.min(used, this.#fuel);
    return {
      fuel,
      fuelTotal: Math.min(earlier + fuel, this.#limits.fuelTotal),
      memoryBytes: this.#sizes.memoryBytes,
      tableElements: this.#sizes.tableElements,
      stackDepth: this.#instances.stackPeak(),
    };
  }

  /** Several instances always ask, as one must not keep fuel that another may need. */
  #setSlices(): void {
    const asks =
      !this.#instances.isSingle || this.#clock.startsAtEntry || this.#limits.fuelTotal !== Infinity;
    this.#slicedBy = this.#clock.slice;
    this.#slice = asks || this.#verdict !== undefined ? 0 : Math.min(this.#fuel, this.#clock.slice);
    this.#instances.setSlice(this.#slice);
  }

  #answer(from: Attached, question: number, calls: number, first: number, second: number): number {
    switch (question) {
      case ASK.FUEL:
        return this.#give(from, calls, first, second);
      case ASK.GROW_MEMORY:
        return this.#inTime(from, calls) ? this.#grow('memoryBytes', first * PAGE_BYTES) : NaN;
      case ASK.UNDO_MEMORY:
        this.#sizes.memoryBytes -= first * PAGE_BYTES;
        return 0;
      case ASK.POLL:
        return this.#inTime(from, calls) ? 1 : 0;
      case ASK.WAIT:
        return this.#inTime(from, calls) ? this.#clock.leftMs() : 0;
      case ASK.GROW_TABLE:
        return this.#inTime(from, calls) ? this.#grow('tableElements', first) : NaN;
      case ASK.DEEPER:
        this.#end({ quota: 'stackDepth', limit: Math.min(this.#limits.stackDepth, MAX_DEPTH), used: first });
        return 0;
      default:
        this.#sizes.tableElements -= first;
        return 0;
    }
  }

  /** Leaves no instance anything to run on: each entry asks, and traps. */
  #end(verdict: Verdict): void {
    if (this.#verdict !== undefined) return;
    this.#verdict = verdict;
    this.#lastUsage = this.usage();
    this.#setSlices();
    this.#instances.takeAll();
  }

  /** wasmtime's rule: a check that finds the counter at or above zero takes the rest, and traps if there is none. */
  #give(from: Attached, calls: number, used: number, earlier: number): number {
    if (this.#verdict !== undefined) return 0;
    const isAlone = this.#instances.isSingle;
    if (!isAlone) this.#instances.activate(from);
    const others = this.#instances.fuelOfOthers(from, this.#limits.fuelTotal !== Infinity);
    const left = this.#left(used + others.used, earlier + others.earlier);
    if (left <= 0) return 0;
    if (!this.#inTimeAfterSlice(from, calls)) return 0;
    const { slice } = this.#clock;
    return isAlone ? Math.min(slice, left) : this.#share(from, { left, held: others.unspent });
  }

  /**
   * Returns the share of one of several instances: half of the fuel that none of them holds, so that each keeps some while
   * calls go back and forth between them. Once little is free, the others' holdings are taken back. All together hold one slice
   * at most.
   */
  #share(from: Attached, { left, held }: { left: number; held: number }): number {
    const { slice } = this.#clock;
    const isExact = left <= 2 * EXACT_FUEL;
    const most = Math.min(slice, isExact ? left : left - EXACT_FUEL);
    const free = most - held;
    if (!isExact && free >= most / 8) return Math.ceil(free / 2);
    this.#instances.takeFromOthers(from);
    return isExact ? most : Math.ceil(most / 2);
  }

  /** Looks at the deadlines; the first look of a call starts its clock. */
  #inTime(from: Attached, calls: number): boolean {
    if (this.#continues(from, calls)) this.#endIf(this.#clock.look());
    return this.#verdict === undefined;
  }

  /** The same as `#inTime`, once a slice is used up. */
  #inTimeAfterSlice(from: Attached, calls: number): boolean {
    if (this.#continues(from, calls)) this.#endIf(this.#clock.endSlice());
    return this.#verdict === undefined;
  }

  /** Returns true if the clock runs since an earlier look of the call; starts it otherwise. */
  #continues(from: Attached, calls: number): boolean {
    const continues = from.calls === calls || this.#callRuns(from);
    from.calls = calls;
    if (!continues && this.#clock.runs) this.#clock.start();
    return continues && this.#clock.runs;
  }

  /** Starts the clock of the call in progress. Returns false if it runs already. */
  #startClock(): boolean {
    if (this.#isTimed()) return false;
    this.#clock.start();
    const { first } = this.#instances;
    if (first !== undefined) {
      first.calls = first.callNumber();
      this.#instances.activate(first);
    }
    return true;
  }

  /** Returns true if the clock of the call in progress was started. */
  #isTimed(): boolean {
    for (const { calls, callNumber } of this.#instances.running)
      if (calls !== -1 && calls === callNumber()) return true;
    return false;
  }

  #endIf(passed: Passed | undefined): void {
    if (passed !== undefined) this.#end(passed);
  }

  #callRuns(from: Attached): boolean {
    // No closure: this runs on the realtime lane, which allocates nothing.
    for (const other of this.#instances.running) if (other !== from && other.calls !== -1) return true;
    return false;
  }

  #left(used: number, earlier: number): number {
    const left = this.#fuel - used;
    if (left <= 0) {
      this.#end({ quota: 'fuel', limit: this.#fuel, used: this.#fuel });
      return 0;
    }
    const { fuelTotal } = this.#limits;
    const totalLeft = fuelTotal - used - earlier;
    if (totalLeft <= 0) {
      this.#end({ quota: 'fuelTotal', limit: fuelTotal, used: fuelTotal });
      return 0;
    }
    return Math.min(left, totalLeft);
  }

  #grow(quota: 'memoryBytes' | 'tableElements', more: number): number {
    const exceeded = this.#sizes.grow(quota, more);
    if (exceeded === undefined) return 0;
    if (exceeded.used <= exceeded.limit || !this.#limits.strictMemory) return -1;
    this.#end(exceeded);
    return NaN;
  }
}

/**
 * Creates a meter.
 * @param limits the limits of its instances
 * @param options `now` is the clock in milliseconds.
 * @default performance.now
 * @throws {TypeError} for an unknown key in the limits
 * @throws {RangeError} for a limit out of range
 */
export function createMeter(limits: MeterLimits = {}, options: { readonly now?: () => number } = {}): Meter {
  return new Meter(limits, options.now ?? (() => performance.now()));
}
