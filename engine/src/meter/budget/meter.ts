import { controlsOf, type Attached } from './attached.js';
import { ASK } from '../append/index.js';
import { CallClock, type Passed } from './call-clock.js';
import { GET_DEPTH_SLOT, SET_DEPTH_SLOT } from '../frames/index.js';
import { enterHost, leaveHost } from './host-call.js';
import { createSharedDepth, type SharedDepth } from './shared-depth.js';
import { tableFunctionOf } from './hook-trampoline.js';
import type { MeteredModule } from '../metered-module.js';
import {
  checkLimits,
  type CallLimits,
  type MeterLimits,
  type MeterUsage,
  type Verdict,
} from './meter-limits.js';
import { refuseUncounted } from './refuse-uncounted.js';
import { PAGE_BYTES, SizeBudget } from './size-budget.js';

/** What others have used and hold. */
const NOTHING = { used: 0, earlier: 0, unspent: 0 };
const MAX_DEPTH = 0x7fffffff;

/**
 * Where several instances share a budget, the last of it goes to whoever runs, all of it: an instance may use more than it
 * was given before it is checked, which must not be at the cost of what another holds.
 */
const EXACT_FUEL = 65_536;

/**
 * Holds one or more metered core instances to one budget: the host half of `meterModule`.
 *
 * Order: `admit` the module, instantiate it, `attach` the instance, run `start`, then call through `entry`. One instance
 * arms its own calls; the host then pays nothing a call. Where a component has several, they share the budget exactly,
 * and the host calls `beginCall` before each call that comes from outside.
 *
 * State: once there is a `verdict`, every guest function that is entered again traps again.
 */
export class Meter {
  readonly #limits: MeterLimits;
  readonly #clock: CallClock;
  readonly #attached: Attached[] = [];
  /** Of several that share the budget, those that have run in the call in progress. */
  #active: Attached[] = [];
  #fuel: number;
  #lifetimeFuel: number;
  readonly #sizes: SizeBudget;
  #verdict: Verdict | undefined;
  /** What was used when the verdict fell. */
  #lastUsage: MeterUsage | undefined;
  #depth: SharedDepth | undefined;
  /** What a call gets without asking. */
  #slice = 0;

  constructor(limits: MeterLimits, now: () => number) {
    checkLimits(limits);
    this.#limits = { ...limits };
    this.#sizes = new SizeBudget(this.#limits);
    this.#fuel = limits.fuel ?? Infinity;
    this.#lifetimeFuel = limits.lifetimeFuel ?? Infinity;
    this.#clock = new CallClock(now);
    this.#clock.limit(limits.timeMs, limits.wallMs);
  }

  /** Which quota ended the last call; `undefined` if none did. */
  get verdict(): Verdict | undefined {
    return this.#verdict;
  }

  /**
   * Books the memories and tables a module starts with. Call it before instantiating.
   *
   * @returns the quota that is too small, in which case nothing was booked; `undefined` if it fits
   */
  admit(metered: MeteredModule): Verdict | undefined {
    return this.#sizes.admit(metered);
  }

  /**
   * Puts the hook into a new instance of a metered module. Nothing of the guest runs.
   *
   * @throws {RangeError} where frames are limited, and the plan of the module does not count them together with the others
   */
  attach(metered: MeteredModule, instance: WebAssembly.Instance): void {
    if (this.#limits.stackDepth !== undefined) refuseUncounted(metered, this.#attached);
    const { names } = metered;
    const attached = controlsOf(metered, instance);
    if (this.#attached.length === 1) this.#activate(this.#attached[0] as Attached);
    this.#attached.push(attached);
    const hook = tableFunctionOf((question, calls, first, second) =>
      this.#answer(attached, question, calls, first, second),
    );
    const table = instance.exports[names.hook] as WebAssembly.Table;
    table.set(0, hook);
    if (names.frames !== undefined) {
      const limit = instance.exports[names.frames.limit] as (limit: number) => void;
      limit(Math.min(this.#limits.stackDepth ?? MAX_DEPTH, MAX_DEPTH));
      if (metered.stackDepth === 'shared') {
        this.#depth ??= createSharedDepth();
        table.set(SET_DEPTH_SLOT, this.#depth.set);
        table.set(GET_DEPTH_SLOT, this.#depth.get);
      }
    }
    this.#setSlices();
  }

  /** Runs the module's start function, if it has one, as a call of its own. */
  start(metered: MeteredModule, instance: WebAssembly.Instance): void {
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
    const armed = this.#find(instance)?.metered.names.armed.get(name);
    if (armed === undefined || this.#attached.length > 1) return instance.exports[name];
    return instance.exports[armed];
  }

  /**
   * Starts a call by hand. Needed before every call from outside where several instances share the meter, and before one
   * that runs more than one guest function.
   */
  beginCall(): void {
    for (const attached of this.#running) {
      attached.begin(this.#slice);
      attached.calls = -1;
      attached.isActive = false;
    }
    this.#active = [];
  }

  /** Sets the limits of the calls to come. Costs nothing where they are as they were. */
  arm(limits: CallLimits): void {
    const { fuel = Infinity } = limits;
    checkLimits(limits);
    this.#clock.limit(limits.timeMs, limits.wallMs);
    this.#fuel = fuel;
    this.#setSlices();
  }

  /** Must be called when a call ended by an exception that the guest may survive. */
  settle(): void {
    for (const attached of this.#attached) attached.settle();
  }

  /** A host import begins: stops the guest's clock. Needed under `timeMs` and `wallMs`. */
  pause(): void {
    if (!this.#clock.runs) return;
    this.#startClock();
    this.#clock.pause();
    enterHost(this);
  }

  /** A host import has ended. Where a deadline has passed meanwhile, the guest traps at its next check. */
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
    const { slice } = this.#clock;
    this.#endIf(this.#clock.endCall());
    if (this.#clock.slice !== slice) this.#setSlices();
  }

  /** Nothing of the instances runs any more, whatever was begun. */
  abandonCall(): void {
    leaveHost(this);
  }

  /** The limit on the time of a call with everything in it, in milliseconds. */
  get wallMs(): number {
    return this.#clock.wallMs;
  }

  /** How much of that the call in progress has left. */
  wallLeftMs(): number {
    return this.#clock.wallLeftMs();
  }

  /** What was used so far. */
  usage(): MeterUsage {
    if (this.#lastUsage !== undefined) return this.#lastUsage;
    let fuel = 0;
    let earlier = 0;
    for (const attached of this.#attached) {
      fuel += attached.used();
      earlier += attached.earlier();
    }
    const charged = this.#verdict?.quota === 'fuel' ? this.#fuel : Math.min(fuel, this.#fuel);
    return {
      fuel: charged,
      lifetimeFuel: Math.min(earlier + charged, this.#lifetimeFuel),
      memoryBytes: this.#sizes.memoryBytes,
      tableElements: this.#sizes.tableElements,
      stackDepth: Math.max(0, ...this.#attached.map(({ stackPeak }) => stackPeak?.() ?? 0)),
    };
  }

  /** Those whose counters may have moved since the call began. */
  get #running(): readonly Attached[] {
    return this.#attached.length === 1 ? this.#attached : this.#active;
  }

  #activate(attached: Attached): void {
    if (attached.isActive) return;
    attached.isActive = true;
    this.#active.push(attached);
  }

  #find(instance: WebAssembly.Instance): Attached | undefined {
    return this.#attached.find((attached) => attached.instance === instance);
  }

  /** Several instances always ask, as one must not hold what another may need. */
  #setSlices(): void {
    const asks = this.#attached.length > 1 || this.#clock.startsAtEntry || this.#lifetimeFuel !== Infinity;
    this.#slice = asks || this.#verdict !== undefined ? 0 : Math.min(this.#fuel, this.#clock.slice);
    for (const attached of this.#attached) attached.slice(this.#slice);
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
        this.#end({ quota: 'stackDepth', limit: this.#limits.stackDepth ?? MAX_DEPTH, used: first });
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
    for (const attached of this.#attached) attached.exchange(0);
  }

  /** wasmtime's rule: a check that finds the counter at or above zero takes what is left, and traps if that is nothing. */
  #give(from: Attached, calls: number, used: number, earlier: number): number {
    if (this.#verdict !== undefined) return 0;
    const isAlone = this.#attached.length === 1;
    if (!isAlone) this.#activate(from);
    const others = isAlone ? NOTHING : this.#othersUsed(from);
    const left = this.#left(used + others.used, earlier + others.earlier);
    if (left <= 0) return 0;
    if (!this.#inTimeAfterSlice(from, calls)) return 0;
    const { slice } = this.#clock;
    return isAlone ? Math.min(slice, left) : this.#share(from, { left, held: others.unspent });
  }

  /**
   * Returns what one of several instances gets: half of what none of them holds, so that each keeps some while calls go to
   * and fro between them. Once little is free, what the others hold is taken back. All together hold one slice at most.
   */
  #share(from: Attached, { left, held }: { left: number; held: number }): number {
    const { slice } = this.#clock;
    const isExact = left <= 2 * EXACT_FUEL;
    const most = Math.min(slice, isExact ? left : left - EXACT_FUEL);
    const free = most - held;
    if (!isExact && free >= most / 8) return Math.ceil(free / 2);
    for (const other of this.#active) if (other !== from) other.exchange(0);
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

  /** Whether the clock runs since an earlier look of the call; starts it otherwise. */
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
    const [first] = this.#attached;
    if (first !== undefined) {
      first.calls = first.callNumber();
      this.#activate(first);
    }
    return true;
  }

  /** Whether the clock of the call in progress was started. */
  #isTimed(): boolean {
    for (const { calls, callNumber } of this.#running)
      if (calls !== -1 && calls === callNumber()) return true;
    return false;
  }

  #endIf(passed: Passed | undefined): void {
    if (passed !== undefined) this.#end(passed);
  }

  #callRuns(from: Attached): boolean {
    // No closure: this runs on the realtime lane, which allocates nothing.
    for (const other of this.#running) if (other !== from && other.calls !== -1) return true;
    return false;
  }

  #left(used: number, earlier: number): number {
    const left = this.#fuel - used;
    if (left <= 0) {
      this.#end({ quota: 'fuel', limit: this.#fuel, used: this.#fuel });
      return 0;
    }
    const lifetimeLeft = this.#lifetimeFuel - used - earlier;
    if (lifetimeLeft <= 0) {
      this.#end({ quota: 'lifetimeFuel', limit: this.#lifetimeFuel, used: this.#lifetimeFuel });
      return 0;
    }
    return Math.min(left, lifetimeLeft);
  }

  #othersUsed(from: Attached): typeof NOTHING {
    const others = { ...NOTHING };
    for (const other of this.#active) {
      if (other === from) continue;
      others.used += other.used();
      others.unspent += Math.max(0, other.unspent());
    }
    if (this.#lifetimeFuel === Infinity) return others;
    for (const other of this.#attached) if (other !== from) others.earlier += other.earlier();
    return others;
  }

  #grow(quota: 'memoryBytes' | 'tableElements', more: number): number {
    const exceeded = this.#sizes.grow(quota, more);
    if (exceeded === undefined) return 0;
    if (exceeded.used <= exceeded.limit || this.#limits.strictMemory !== true) return -1;
    this.#end(exceeded);
    return NaN;
  }
}

/**
 * Creates a meter.
 *
 * @param limits what its instances are held to
 * @param options `now` is the clock in milliseconds. @default performance.now
 * @throws {TypeError} for an unknown key in the limits
 * @throws {RangeError} for a limit out of range
 */
export function createMeter(limits: MeterLimits = {}, options: { readonly now?: () => number } = {}): Meter {
  return new Meter(limits, options.now ?? (() => performance.now()));
}
