/** What a meter holds its instances to. Absent means unlimited. */
export interface MeterLimits {
  /** Fuel of one call, all instances together, in wasmtime 50's units. */
  readonly fuel?: number | undefined;
  /** Fuel of all calls together. */
  readonly lifetimeFuel?: number | undefined;
  /**
   * Guest compute time of one call in milliseconds. Time between `pause()` and `resume()` does not count. The clock starts
   * when the call has burnt its first slice, so that short calls never read it.
   */
  readonly timeMs?: number | undefined;
  /** Time of one call in milliseconds, host imports included. */
  readonly wallMs?: number | undefined;
  /** Bytes of all memories that the instances define together. */
  readonly memoryBytes?: number | undefined;
  /** Elements of all tables that the instances define together. */
  readonly tableElements?: number | undefined;
  /** Frames of all instances on the stack; see `MeterPlan.stackDepth`, which has to ask for counting them. */
  readonly stackDepth?: number | undefined;
  /** Whether growing beyond the budget traps, instead of returning -1 to the guest. @default false */
  readonly strictMemory?: boolean | undefined;
}

/** The limits of a call, which may change from call to call. */
export type CallLimits = Pick<MeterLimits, 'fuel' | 'timeMs' | 'wallMs'>;

/** Which quota ended a call. */
export interface Verdict {
  readonly quota:
    'fuel' | 'lifetimeFuel' | 'timeMs' | 'wallMs' | 'memoryBytes' | 'tableElements' | 'stackDepth';
  readonly limit: number;
  /** What was used or, for memories, tables and frames, asked for in all. */
  readonly used: number;
}

/** What was used so far. */
export interface MeterUsage {
  /** Fuel of the current or last call. Equal to wasmtime's figure; a trap loses what it loses there. */
  readonly fuel: number;
  /** Fuel of all calls. */
  readonly lifetimeFuel: number;
  readonly memoryBytes: number;
  readonly tableElements: number;
  /** The most frames that were on the stack at once; 0 where none are counted. */
  readonly stackDepth: number;
}

const COUNTS = ['fuel', 'lifetimeFuel', 'memoryBytes', 'tableElements', 'stackDepth'] as const;
const TIMES = ['timeMs', 'wallMs'] as const;

/**
 * Checks limits.
 *
 * @throws {TypeError} for an unknown key
 * @throws {RangeError} for a value out of range
 */
export function checkLimits(limits: MeterLimits): void {
  for (const [key, value] of Object.entries(limits)) {
    if (value === undefined || (key === 'strictMemory' && typeof value === 'boolean')) continue;
    const isCount = COUNTS.some((name) => name === key);
    if (!isCount && !TIMES.some((name) => name === key)) {
      throw new TypeError(`Cannot limit: unknown key "${key}"`);
    }
    const fits = isCount
      ? Number.isSafeInteger(value) && value >= 0
      : typeof value === 'number' && value >= 0;
    if (!fits) throw new RangeError(`Cannot limit: "${key}" is ${String(value)}, which is out of range`);
  }
}
