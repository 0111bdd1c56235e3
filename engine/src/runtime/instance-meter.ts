import type { PluginError, ResolvedLimits } from '@wasm-plugin/abi';
import type { CallMeter, CallUse, CoreFunction } from '../canonical/index.js';
import type { CoreStart, Steps } from '../link/index.js';
import {
  createMeter,
  quotaErrorFrom,
  type Meter,
  type MeteredFacts,
  type Verdict,
  type MeterUsage,
} from '../meter/index.js';

/** Number of small works of the host for one look at the clock: work of a microsecond, looks of a tenth. */
const TICKS_PER_LOOK = 16;

/** Holds the core instances of one root instance to its limits. */
export class InstanceMeter implements CallMeter {
  readonly #meter: Meter;
  readonly #plugin: string | undefined;
  /** True if a deadline is set. */
  #isTimed: boolean;
  /** Number of ticks until the next look at the clock. */
  #ticksLeft = TICKS_PER_LOOK;
  readonly #armed = new Map<unknown, CoreFunction>();
  #instances = 0;
  /** True if a host import runs, which the guest's clock does not count. */
  #isPaused = false;
  /** The limits of the calls to come. */
  #limits: CallLimits;
  /** Times of the clock when the step in progress, and the host import in it, began; and of the host imports so far. */
  #stepMs = 0;
  #pauseMs = 0;
  #pausedMs = 0;
  /** The same for each call that another runs in. */
  readonly #pausedAround: boolean[] = [];

  constructor(limits: ResolvedLimits, plugin: string | undefined) {
    const { fuel, fuelTotal, timeMs, wallMs, memoryBytes, tableElements, stackDepth, strictMemory } = limits;
    const sizes = { memoryBytes, tableElements, stackDepth, strictMemory };
    this.#meter = createMeter({ fuel, fuelTotal, timeMs, wallMs, ...sizes });
    this.#plugin = plugin;
    this.#isTimed = isTimed(limits);
    this.#limits = { fuel, timeMs, wallMs };
  }

  /** Makes an instance of a metered module and runs its start function, as part of the call in progress. */
  *start(metered: MeteredFacts, start: CoreStart): Steps<WebAssembly.Exports> {
    const refused = this.#meter.admit(metered);
    if (refused !== undefined) throw quotaErrorFrom(refused, { plugin: this.#plugin });
    const instance = yield start;
    this.#meter.attach(metered, instance);
    this.#instances++;
    for (const [name, armed] of metered.names.armed) {
      this.#armed.set(instance.exports[name], instance.exports[armed] as CoreFunction);
    }
    const { start: first } = metered.names;
    if (first !== undefined) (instance.exports[first] as () => void)();
    return instance.exports;
  }

  /** Sets the limits of the calls to come. */
  arm({ fuel, timeMs, wallMs }: CallLimits): void {
    this.#limits = { fuel, timeMs, wallMs };
    this.#meter.arm({ fuel, timeMs, wallMs });
    this.#isTimed = isTimed({ timeMs, wallMs });
  }

  get wallMs(): number {
    return this.#limits.wallMs;
  }

  beginStep(use: CallUse): void {
    for (const quota of ['fuel', 'timeMs'] as const) {
      const limit = this.#limits[quota];
      if (use[quota] !== 0 && use[quota] >= limit)
        throw quotaErrorFrom({ quota, limit, used: use[quota] }, { plugin: this.#plugin });
    }
    const { fuel, timeMs, wallMs } = this.#limits;
    this.#meter.arm({ fuel: fuel - use.fuel, timeMs: timeMs - use.timeMs, wallMs });
    this.#pausedMs = 0;
    if (this.#isTimed) this.#stepMs = performance.now();
  }

  endStep(use: CallUse): void {
    if (this.#meter.verdict !== undefined) return;
    if (this.#limits.fuel !== Infinity) use.fuel += this.#meter.usage().fuel;
    if (this.#isTimed) use.timeMs += Math.max(0, performance.now() - this.#stepMs - this.#pausedMs);
    this.#meter.arm(this.#limits);
  }

  beginCall(): void {
    this.#meter.beginCall();
  }

  enterNested(): void {
    this.#pausedAround.push(this.#isPaused);
    if (this.#isPaused) this.#meter.resume();
    this.#isPaused = false;
  }

  leaveNested(): void {
    if (this.#pausedAround.pop() === true) this.pause();
  }

  armed(core: CoreFunction): CoreFunction | undefined {
    return this.#instances === 1 ? this.#armed.get(core) : undefined;
  }

  endCall(): void {
    if (!this.#isTimed) return;
    this.#meter.endCall();
    this.#throwIfEnded();
  }

  abandonCall(): void {
    this.#meter.abandonCall();
  }

  pause(): void {
    if (!this.#isTimed) return;
    this.#isPaused = true;
    this.#pauseMs = performance.now();
    this.#meter.pause();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#pausedMs += performance.now() - this.#pauseMs;
    this.#meter.resume();
    this.#throwIfEnded();
  }

  look(): void {
    if (!this.#isTimed) return;
    this.#meter.look();
    this.#throwIfEnded();
  }

  tick(): void {
    if (!this.#isTimed || --this.#ticksLeft > 0) return;
    this.#ticksLeft = TICKS_PER_LOOK;
    this.look();
  }

  #throwIfEnded(): void {
    const { verdict } = this.#meter;
    if (verdict !== undefined) throw this.#errorOf(verdict);
  }

  exceeded(cause?: unknown): PluginError | undefined {
    const { verdict } = this.#meter;
    if (verdict === undefined) return undefined;
    return this.#errorOf(verdict, cause);
  }

  /** A step has the rest of a limit; the error is about the whole. */
  #errorOf({ quota, limit, used }: Verdict, cause?: unknown): PluginError {
    const whole = quota === 'fuel' || quota === 'timeMs' ? Math.max(limit, this.#limits[quota]) : limit;
    return quotaErrorFrom(
      { quota, limit: whole, used: used + whole - limit },
      { plugin: this.#plugin, ...(cause !== undefined && { cause }) },
    );
  }

  usage(): MeterUsage {
    return this.#meter.usage();
  }
}

/** Limits of one call. */
type CallLimits = Pick<ResolvedLimits, 'fuel' | 'timeMs' | 'wallMs'>;

function isTimed({ timeMs, wallMs }: Pick<ResolvedLimits, 'timeMs' | 'wallMs'>): boolean {
  return timeMs !== Infinity || wallMs !== Infinity;
}
