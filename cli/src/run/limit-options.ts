import { PluginError, resolveLimits, type LimitName, type Limits, type SwitchName } from '@wasm-plugin/abi';
import { Option } from 'commander';
import { CliError } from '../cli-error.js';

/** The option of each limit, and its help text. */
export const LIMIT_OPTIONS: Readonly<Record<LimitName, { flag: string; help: string }>> = {
  memoryBytes: { flag: 'memory', help: 'memory of all core instances, e.g. "64 MiB"' },
  tableElements: { flag: 'table-elements', help: 'elements of all tables' },
  fuel: { flag: 'fuel', help: 'fuel of one call, e.g. 1e6' },
  fuelTotal: { flag: 'fuel-total', help: 'fuel of all calls together' },
  timeMs: { flag: 'time', help: 'compute time of one call, e.g. "50 ms"' },
  wallMs: { flag: 'wall', help: 'time of one call with host imports in it' },
  stackDepth: { flag: 'stack-depth', help: 'functions of the guest on the stack at once' },
  hostCalls: { flag: 'host-calls', help: 'calls of host imports in one call' },
  hostBytes: { flag: 'host-bytes', help: 'bytes across the boundary in one call' },
  handles: { flag: 'handles', help: 'resource handles alive' },
  linkBytes: { flag: 'link-bytes', help: 'what making an instance takes beside memories and tables' },
  instances: { flag: 'instances', help: 'instances alive' },
  stateBytes: { flag: 'state-bytes', help: 'size of a state that the component gives' },
  logLinesPerSecond: { flag: 'log-lines', help: 'log lines in a second' },
};

const SWITCH_OPTIONS: Readonly<Record<SwitchName, { flag: string; help: string }>> = {
  strictMemory: {
    flag: 'strict-memory',
    help: 'trap where memory would grow beyond its limit, in place of refusing',
  },
  unboundedHeap: {
    flag: 'unbounded-heap',
    help: "let in WebAssembly GC, though no limit bounds what it takes of the engine's heap",
  },
};

const ENTRIES = Object.entries(LIMIT_OPTIONS) as [LimitName, { flag: string; help: string }][];

/** Makes one option for each limit. */
export function limitOptions(): Option[] {
  return [
    ...ENTRIES.map(([, { flag, help }]) => new Option(`--${flag} <limit>`, `limit: ${help}`)),
    ...Object.values(SWITCH_OPTIONS).map(({ flag, help }) => new Option(`--${flag}`, help)),
  ];
}

/**
 * Picks the limits out of the options of a command.
 * @throws {CliError} WP_LIMITS, exit code 2
 */
export function limitsFrom(options: Readonly<Record<string, unknown>>): Limits {
  const limits: Record<string, unknown> = {};
  for (const [name, { flag }] of ENTRIES) {
    const value = options[optionKey(flag)];
    if (value !== undefined) limits[name] = value;
  }
  for (const [name, { flag }] of Object.entries(SWITCH_OPTIONS))
    if (options[optionKey(flag)] === true) limits[name] = true;
  try {
    resolveLimits(limits);
  } catch (error) {
    if (!PluginError.is(error)) throw error;
    throw refusal(error.message);
  }
  return limits;
}

/** Writes limits as options again, for another command. */
export function limitArguments(limits: Limits): string[] {
  const given = limits as Readonly<Record<string, unknown>>;
  return [
    ...ENTRIES.flatMap(([name, { flag }]) =>
      given[name] === undefined ? [] : [`--${flag}`, String(given[name])],
    ),
    ...Object.entries(SWITCH_OPTIONS).flatMap(([name, { flag }]) =>
      given[name] === true ? [`--${flag}`] : [],
    ),
  ];
}

function refusal(message: string): CliError {
  return new CliError(message, { exitCode: 2, code: 'WP_LIMITS' });
}

/** The name under which commander keeps an option. */
function optionKey(flag: string): string {
  return flag.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
