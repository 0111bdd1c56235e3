import type { PluginError, ResolvedLimits } from '@wasm-plugin/abi';
import type { CallMeter, CoreFunction } from '../canonical/index.js';
import type { CoreStart, Steps } from '../link/index.js';
import {
  createMeter,
  quotaErrorFrom,
  type Meter,
  type MeteredFacts,
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
  /** The same for each call that another runs in. */
  readonly #pausedAround: boolean[] = [];

  constructor(limits: ResolvedLimits, plugin: string | undefined) {
    const { fuel, fuelTotal, timeMs, wallMs, memoryBytes, tableElements, stackDepth, strictMemory } = limits;
    const sizes = { memoryBytes, tableElements, stackDepth, strictMemory };
    this.#meter = createMeter({ fuel, fuelTotal, timeMs, wallMs, ...sizes });
    this.#plugin = plugin;
    this.#isTimed = isTimed(limits);
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
  arm({ fuel, timeMs, wallMs }: Pick<ResolvedLimits, 'fuel' | 'timeMs' | 'wallMs'>): void {
    this.#meter.arm({ fuel, timeMs, wallMs });
    this.#isTimed = isTimed({ timeMs, wallMs });
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
    this.#meter.pause();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
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
    if (verdict !== undefined) throw quotaErrorFrom(verdict, { plugin: this.#plugin });
  }

  exceeded(cause?: unknown): PluginError | undefined {
    const { verdict } = this.#meter;
    if (verdict === undefined) return undefined;
    return quotaErrorFrom(verdict, { plugin: this.#plugin, ...(cause !== undefined && { cause }) });
  }

  usage(): MeterUsage {
    return this.#meter.usage();
  }
}

function isTimed({ timeMs, wallMs }: Pick<ResolvedLimits, 'timeMs' | 'wallMs'>): boolean {
  return timeMs !== Infinity || wallMs !== Infinity;
}
