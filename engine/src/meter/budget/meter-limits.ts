/** The name of a limit that a meter holds instances to: each is the limit of the same name of a plugin. */
export type MeterQuota =
  'fuel' | 'fuelTotal' | 'timeMs' | 'wallMs' | 'memoryBytes' | 'tableElements' | 'stackDepth';

/** The name of a limit that may change from call to call. */
export type CallQuota = 'fuel' | 'timeMs' | 'wallMs';

/** Limits that a meter holds its instances to. One that is absent or `Infinity` is none. */
export interface MeterLimits {
  /** Fuel of one call, all instances together, in wasmtime 50's units. */
  readonly fuel?: number | undefined;
  /** Fuel of all calls together. */
  readonly fuelTotal?: number | undefined;
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
  /** True to trap when something grows beyond the budget, instead of returning -1 to the guest. @default false */
  readonly strictMemory?: boolean | undefined;
}

/** Limits with every choice made: `Infinity` for none. */
export type ResolvedMeterLimits = Readonly<Record<MeterQuota, number> & { strictMemory: boolean }>;

/** The quota that ended a call. */
export interface Verdict {
  readonly quota: MeterQuota;
  readonly limit: number;
  /** The amount that was used or, for memories, tables and frames, asked for in all. */
  readonly used: number;
}

/** The amounts used so far. */
export interface MeterUsage {
  /** Fuel of the current or last call. Equal to wasmtime's figure; a trap loses the same part as there. */
  readonly fuel: number;
  /** Fuel of all calls. */
  readonly fuelTotal: number;
  readonly memoryBytes: number;
  readonly tableElements: number;
  /** The most frames that were on the stack at once; 0 if none are counted. */
  readonly stackDepth: number;
}

const QUOTAS: Record<MeterQuota, 'count' | 'ms'> = {
  fuel: 'count',
  fuelTotal: 'count',
  timeMs: 'ms',
  wallMs: 'ms',
  memoryBytes: 'count',
  tableElements: 'count',
  stackDepth: 'count',
};

/**
 * Completes limits.
 *
 * @throws {TypeError} for an unknown key
 * @throws {RangeError} for a negative number, and for a count that is neither whole nor `Infinity`
 */
export function resolveMeterLimits(limits: MeterLimits): ResolvedMeterLimits {
  const { strictMemory = false, ...quotas } = limits;
  if (typeof strictMemory !== 'boolean') {
    throw new RangeError(`Cannot limit: "strictMemory" is ${String(strictMemory)}, which is out of range`);
  }
  const resolved: Record<MeterQuota, number> & { strictMemory: boolean } = {
    fuel: Infinity,
    fuelTotal: Infinity,
    timeMs: Infinity,
    wallMs: Infinity,
    memoryBytes: Infinity,
    tableElements: Infinity,
    stackDepth: Infinity,
    strictMemory,
  };
  for (const [key, value] of Object.entries(quotas)) {
    if (!Object.hasOwn(QUOTAS, key)) throw new TypeError(`Cannot limit: unknown key "${key}"`);
    if (value === undefined) continue;
    const quota = key as MeterQuota;
    const isWhole = QUOTAS[quota] === 'ms' || value === Infinity || Number.isSafeInteger(value);
    if (typeof value !== 'number' || !isWhole || !(value >= 0))
      throw new RangeError(`Cannot limit: "${key}" is ${String(value)}, which is out of range`);
    resolved[quota] = value;
  }
  return resolved;
}
