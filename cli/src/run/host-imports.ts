import type { HostImports } from '@wasm-plugin/engine';
import type { ResolvedComponent, ResolvedExtern } from '@wasm-plugin/engine/internals';
import { limitLog, type LogFunction, type LogLevel } from '@wasm-plugin/engine/sandbox';
import { CliError } from '../cli-error.js';
import type { Io } from '../io.js';
import { printable } from '../terminal/index.js';
import type { Setting } from './settings.js';

const LOG = 'wasm-plugin:abi/log';
const CONFIG = 'wasm-plugin:abi/config';

const LEVEL_STYLES = { trace: 'gray', debug: 'gray', info: 'blue', warn: 'yellow', error: 'red' } as const;

/** What `hostImports` is given. */
export interface HostImportsOptions {
  /** The component's file, for errors. */
  path: string;
  settings: readonly Setting[];
  /** Log lines below it are dropped. */
  logLevel: LogLevel;
  /** More lines in a second are dropped. */
  logLinesPerSecond: number;
  io: Io;
}

/**
 * Gives a component what `wasm-plugin run` has: a log that goes to stderr, and the settings of `--config`.
 * @throws {CliError} it imports something else
 */
export function hostImports(
  type: ResolvedComponent,
  { path, settings, logLevel, logLinesPerSecond, io }: HostImportsOptions,
): HostImports {
  const missing = [...type.imports].flatMap(([name, item]) => missingFrom(name, item));
  if (missing.length > 0) throw refusal(path, missing);
  const write: LogFunction = (level, message) =>
    io.err(`${io.styleErr(LEVEL_STYLES[level], level.padEnd(5))} ${printable(message)}\n`);
  const log = limitLog(write, {
    linesPerSecond: logLinesPerSecond,
    now: () => performance.now(),
    level: logLevel,
  });
  return {
    [LOG]: { log },
    [CONFIG]: {
      get: (key: string) => settings.find((setting) => setting.key === key)?.value,
      keys: () => settings.map(({ key }) => key),
    },
  };
}

/** What an import needs that is not here. Types need nothing: they only say how values look. */
function missingFrom(name: string, item: ResolvedExtern): string[] {
  if (item.kind === 'instance') {
    const base = name.replace(/@.*$/, '');
    if (base === LOG || base === CONFIG) return [];
    const needed = [...item.type.exports].filter(([, inner]) => !isPlainType(inner)).map(([inner]) => inner);
    return needed.length === 0 ? [] : [`"${name}" (${shortList(needed)})`];
  }
  return isPlainType(item) ? [] : [`"${name}"`];
}

function isPlainType(item: ResolvedExtern): boolean {
  return item.kind === 'type' && item.type.kind !== 'resource';
}

function shortList(names: readonly string[]): string {
  return names.length <= 4
    ? names.join(', ')
    : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

function refusal(path: string, missing: readonly string[]): CliError {
  const wasi = missing.some((name) => name.startsWith('"wasi:'));
  return new CliError(
    `Cannot run "${path}": it imports ${missing.join(', ')}, which "wasm-plugin run" does not give`,
    {
      code: 'WP_IMPORT_MISSING',
      hint:
        `It gives "${LOG}" and "${CONFIG}"; for more, embed the engine and pass "imports"` +
        (wasi ? '. Plugins get no WASI unless a host grants it' : ''),
    },
  );
}
