import { ASK } from './counter.js';
import { CallClock, type Passed } from './call-clock.js';
import { GET_DEPTH_SLOT, SET_DEPTH_SLOT } from './frames.js';
import { enterHost, leaveHost } from './host-call.js';
import { createSharedDepth, type SharedDepth } from './shared-depth.js';
import { tableFunctionOf } from './hook-trampoline.js';
import type { MeteredModule } from './metered-module.js';
import {
  checkLimits,
  type CallLimits,
  type MeterLimits,
  type MeterUsage,
  type Verdict,
} from './meter-limits.js';
import { PAGE_BYTES, SizeBudget } from './size-budget.js';

const MOST_DEPTH = 0x7fffffff;

/** What the meter keeps of an attached instance. */
interface Attached {
  readonly instance: WebAssembly.Instance;
  readonly metered: MeteredModule;
  readonly slice: (fuel: number) => void;
  readonly begin: (fuel: number) => void;
  readonly exchange: (fuel: number) => number;
  readonly used: () => number;
  readonly earlier: () => number;
  /** What it was given and has not used. */
  readonly unspent: () => number;
  readonly settle: () => void;
  /** The number of the call in progress. */
  readonly callNumber: () => number;
  /** The most frames that were on the stack at once, if they are counted. */
  readonly stackPeak: (() => number) | undefined;
  /** The call in which it last asked for fuel. */
  calls: number;
}

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
    this.#refuseUncounted(metered);
    const { names } = metered;
    const control = <T>(name: string) => instance.exports[name] as T;
    const attached: Attached = {
      instance,
      metered,
      slice: control(names.slice),
      begin: control(names.begin),
      exchange: control(names.exchange),
      used: control(names.used),
      earlier: control(names.earlier),
      unspent: control(names.unspent),
      settle: control(names.settle),
      callNumber: control(names.calls),
      stackPeak: names.frames && control(names.frames.peak),
      calls: -1,
    };
    this.#attached.push(attached);
    const hook = tableFunctionOf((question, calls, first, second) =>
      this.#answer(attached, question, calls, first, second),
    );
    const table = control<WebAssembly.Table>(names.hook);
    table.set(0, hook);
    if (names.frames !== undefined) {
      control<(limit: number) => void>(names.frames.limit)(
        Math.min(this.#limits.stackDepth ?? MOST_DEPTH, MOST_DEPTH),
      );
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
    for (const attached of this.#attached) {
      attached.begin(this.#slice);
      attached.calls = -1;
    }
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
    if (this.#isTimed()) this.#endIf(this.#clock.look());
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

  /** Several modules that count frames must share the depth. */
  #refuseUncounted({ stackDepth, names }: MeteredModule): void {
    if (this.#limits.stackDepth === undefined) return;
    const others = this.#attached.filter(({ stackPeak }) => stackPeak !== undefined);
    const isAlone = others.length === 0 || names.frames === undefined;
    const isShared = [stackDepth, ...others.map(({ metered }) => metered.stackDepth)].every(
      (counting) => counting === 'shared',
    );
    if (stackDepth !== false && (isAlone || isShared)) return;
    const wanted = isAlone ? '"alone" or "shared"' : '"shared"';
    throw new RangeError(
      `Cannot limit: "stackDepth" is limited, but the plan of the module has ${JSON.stringify(stackDepth)} in place of ${wanted}`,
    );
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
        return this.#grow('memoryBytes', first * PAGE_BYTES);
      case ASK.UNDO_MEMORY:
        this.#sizes.memoryBytes -= first * PAGE_BYTES;
        return 0;
      case ASK.POLL:
        return this.#inTime(from, calls) ? 1 : 0;
      case ASK.WAIT:
        return this.#inTime(from, calls) ? this.#clock.leftMs() : 0;
      case ASK.GROW_TABLE:
        return this.#grow('tableElements', first);
      case ASK.DEEPER:
        this.#end({ quota: 'stackDepth', limit: this.#limits.stackDepth ?? MOST_DEPTH, used: first });
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
    const others = this.#attached.length > 1 ? this.#othersUsed(from) : { used: 0, earlier: 0, unspent: 0 };
    const left = this.#left(used + others.used, earlier + others.earlier);
    if (left <= 0) return 0;
    if (!this.#inTimeAfterSlice(from, calls)) return 0;
    const { slice } = this.#clock;
    if (left - others.unspent > 0) return Math.min(slice, left - others.unspent);
    for (const other of this.#attached) if (other !== from) other.exchange(0);
    return Math.min(slice, left);
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
    if (first !== undefined) first.calls = first.callNumber();
    return true;
  }

  /** Whether the clock of the call in progress was started. */
  #isTimed(): boolean {
    return this.#attached.some(({ calls, callNumber }) => calls !== -1 && calls === callNumber());
  }

  #endIf(passed: Passed | undefined): void {
    if (passed !== undefined) this.#end(passed);
  }

  #callRuns(from: Attached): boolean {
    return this.#attached.some((other) => other !== from && other.calls !== -1);
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

  #othersUsed(from: Attached): { used: number; earlier: number; unspent: number } {
    let used = 0;
    let earlier = 0;
    let unspent = 0;
    for (const other of this.#attached) {
      if (other === from) continue;
      const otherUsed = other.used();
      used += otherUsed;
      earlier += other.earlier();
      unspent += Math.max(0, other.unspent());
    }
    return { used, earlier, unspent };
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
