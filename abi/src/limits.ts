import { PluginError } from './errors.js';

/**
 * Limits as a caller writes them. A quantity is a number, or a string with a unit: `"64 MiB"`, `"50 ms"`, `"1e6"`, `"none"`.
 * The API, manifests, JSON text and the command line share this type.
 */
export interface Limits {
  /** Linear memory of all core instances together, in bytes. Does not cover tables, code, or the host's own data. */
  memoryBytes?: number | string;
  /** Elements of all tables together. */
  tableElements?: number | string;
  /** Fuel of one call, in wasmtime's units. Does not cover time inside host imports. */
  fuel?: number | string;
  /** Fuel of the instance's whole life. */
  fuelTotal?: number | string;
  /** Guest compute time of one call, in milliseconds; time inside host imports is not charged. */
  timeMs?: number | string;
  /** Time of one call with everything in it, in milliseconds. A host import that blocks is not interrupted. */
  wallMs?: number | string;
  /**
   * Frames of the guest's core functions on the stack, of all core instances together; a tail call reuses one. Does not cover
   * the host's functions, core modules whose functions only pass calls on, nor the size of a frame: the engine's own stack may
   * overflow first, which ends the call as well.
   */
  stackDepth?: number | string;
  /** Calls of host imports in one call, and of `Symbol.dispose` of the host's objects that the guest drops. */
  hostCalls?: number | string;
  /**
   * Bytes lifted and lowered in one call; a list of anything but numbers counts with its size in JavaScript. The values of one
   * crossing, e.g. one result, may take an eighth of it, or 128 MiB if that is more; lists of numbers are exempt from that
   * share.
   */
  hostBytes?: number | string;
  /** Resource handles alive in one component instance. */
  handles?: number | string;
  /**
   * Cost of making one instance beside memories and tables, in bytes: a fixed price for each core instance, function, export,
   * global and segment, and 64 KiB for each memory, which also reserves addresses. Counted before the instance is made.
   */
  linkBytes?: number | string;
  /** Instances of one plugin alive. */
  instances?: number | string;
  /** Size of a state that `serialize` gives, in bytes; one that is larger is refused, and the instance stays usable. */
  stateBytes?: number | string;
  /** Lines an instance may log in a second, through `wasm-plugin:abi/log`; more are dropped, which is said once a second. */
  logLinesPerSecond?: number | string;
  /** If true, `memory.grow` beyond `memoryBytes` traps; otherwise it returns -1 to the guest. */
  strictMemory?: boolean;
  /**
   * If true, core modules may allocate in the JavaScript engine's own heap: structs and arrays (WebAssembly GC), exceptions of
   * more than 128 bytes, and exceptions kept in tables, globals or other exceptions. No limit bounds that heap, and a guest
   * that fills it ends the process.
   */
  unboundedHeap?: boolean;
}

/** The name of a limit that is a choice. */
export type SwitchName = 'strictMemory' | 'unboundedHeap';

/** The limits that can differ from call to call. */
export type CallLimits = Pick<Limits, 'fuel' | 'timeMs' | 'wallMs'>;

/** The name of a limit that is a quantity. */
export type LimitName = Exclude<keyof Limits, SwitchName>;

/** Every limit, resolved: numbers, `Infinity` for none. */
export type ResolvedLimits = Readonly<Record<LimitName, number> & Record<SwitchName, boolean>>;

type Unit = 'bytes' | 'ms' | 'count';

/** The unit of each limit, and its default. */
export const LIMITS: Readonly<Record<LimitName, { unit: Unit; fallback: number }>> = {
  memoryBytes: { unit: 'bytes', fallback: 2 ** 30 },
  tableElements: { unit: 'count', fallback: 1_000_000 },
  fuel: { unit: 'count', fallback: Infinity },
  fuelTotal: { unit: 'count', fallback: Infinity },
  timeMs: { unit: 'ms', fallback: Infinity },
  wallMs: { unit: 'ms', fallback: Infinity },
  stackDepth: { unit: 'count', fallback: Infinity },
  hostCalls: { unit: 'count', fallback: Infinity },
  hostBytes: { unit: 'bytes', fallback: 2 ** 30 },
  handles: { unit: 'count', fallback: 1_000_000 },
  linkBytes: { unit: 'bytes', fallback: 64 * 2 ** 20 },
  instances: { unit: 'count', fallback: 10_000 },
  stateBytes: { unit: 'bytes', fallback: 64 * 2 ** 20 },
  logLinesPerSecond: { unit: 'count', fallback: 1000 },
};

/** The choices, each with the value that a manifest may not choose if the host has the other one. */
export const SWITCHES: Readonly<Record<SwitchName, { looser: boolean }>> = {
  strictMemory: { looser: false },
  unboundedHeap: { looser: true },
};

const FACTORS: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  bytes: { '': 1, B: 1, kB: 1e3, MB: 1e6, GB: 1e9, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 },
  ms: { '': 1, ms: 1, s: 1000, min: 60_000, us: 0.001 },
  count: { '': 1, k: 1e3, M: 1e6, G: 1e9 },
};

/** The limits of a host that sets none. */
export const DEFAULT_LIMITS: ResolvedLimits = Object.freeze({
  ...(Object.fromEntries(names().map((name) => [name, LIMITS[name].fallback])) as Record<LimitName, number>),
  strictMemory: false,
  unboundedHeap: false,
});

/** Defaults and bounds for limits. */
export interface ResolveLimitsOptions {
  /** Values of the limits that are not given. @default DEFAULT_LIMITS */
  base?: ResolvedLimits;
  /** If true, the given limits may only lower `base`, as those of a manifest. @default false */
  lowerOnly?: boolean;
  /** Name of the place where the limits were written, for messages. @default 'limits' */
  source?: string;
}

/**
 * Resolves limits to complete, frozen ones.
 * @throws {PluginError} WP_LIMITS for an unknown key, a value out of range, or one above `base` if it may only lower
 * @example
 * const { memoryBytes, timeMs, fuel } = resolveLimits({ memoryBytes: '64 MiB', timeMs: '50 ms' });
 * console.log(memoryBytes, timeMs, fuel); // prints: 67108864 50 Infinity
 */
export function resolveLimits(given: unknown, options: ResolveLimitsOptions = {}): ResolvedLimits {
  const { base = DEFAULT_LIMITS, lowerOnly = false, source = 'limits' } = options;
  if (given === undefined) return base;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw refusal(source, `wanted an object of limits, got ${describe(given)}`);
  }
  const resolved: Record<string, number | boolean> = { ...base };
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const path = `${source}.${key}`;
    if (Object.hasOwn(SWITCHES, key)) {
      const name = key as SwitchName;
      if (typeof value !== 'boolean') throw refusal(path, `wanted true or false, got ${describe(value)}`);
      if (lowerOnly && value !== base[name] && value === SWITCHES[name].looser)
        throw refusal(path, `the host has it ${base[name]}, and that may not be undone`);
      resolved[name] = value;
      continue;
    }
    if (!Object.hasOwn(LIMITS, key)) {
      const known = [...names(), ...Object.keys(SWITCHES)].join(', ');
      throw refusal(path, `there is no such limit; wanted one of ${known}`);
    }
    const name = key as LimitName;
    const quantity = parseQuantity(value, LIMITS[name].unit, path);
    if (lowerOnly && quantity > base[name]) {
      throw refusal(
        path,
        `wanted at most ${base[name]}, which is what the host allows, got ${describe(value)}`,
      );
    }
    resolved[key] = quantity;
  }
  return Object.freeze(resolved) as ResolvedLimits;
}

function parseQuantity(value: unknown, unit: Unit, path: string): number {
  const quantity = typeof value === 'string' ? parseText(value, unit) : value;
  if (typeof quantity !== 'number' || !(quantity >= 0)) {
    throw refusal(path, `wanted ${WANTED[unit]}, got ${describe(value)}`);
  }
  return unit === 'ms' ? quantity : Math.floor(quantity);
}

const WANTED: Readonly<Record<Unit, string>> = {
  bytes: 'a number of bytes, 0 or more, or text such as "64 MiB" or "none"',
  ms: 'a number of milliseconds, 0 or more, or text such as "50 ms", "2 s" or "none"',
  count: 'a number, 0 or more, or text such as "1e6" or "none"',
};

function parseText(text: string, unit: Unit): number | undefined {
  if (text.trim() === 'none') return Infinity;
  const match = /^\s*(\d[\d_]*(?:\.\d+)?(?:e\d+)?)\s*([A-Za-z]*)\s*$/i.exec(text);
  if (match === null) return undefined;
  const factor = FACTORS[unit][match[2] ?? ''];
  return factor === undefined ? undefined : Number((match[1] as string).replaceAll('_', '')) * factor;
}

function names(): LimitName[] {
  return Object.keys(LIMITS) as LimitName[];
}

function refusal(path: string, reason: string): PluginError {
  return new PluginError('WP_LIMITS', `Cannot resolve limits: ${path}: ${reason}`, { reason });
}

function describe(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(value)
    : Array.isArray(value)
      ? 'an array'
      : String(value);
}
