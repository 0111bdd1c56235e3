import { parseCapability, type Capability, type CapabilityError } from '@wasm-plugin/abi';
import type { ResolvedComponent, ResolvedExtern } from '@wasm-plugin/engine/component';
import { createSandbox, type LogLevel, type Sandbox, type SandboxOptions } from '@wasm-plugin/engine/sandbox';
import { CliError } from '../cli-error.js';
import { finder, OF_HOST } from '../component/index.js';
import type { Io } from '../io.js';
import { logText } from '../terminal/index.js';
import type { Setting } from './settings.js';

const LEVEL_STYLES = { trace: 'gray', debug: 'gray', info: 'blue', warn: 'yellow', error: 'red' } as const;
const LEVEL_WIDTH = 5;

/** A component without a manifest may ask for everything: the grants alone decide. */
const EVERYTHING = ['log', 'config', 'clock', 'random', 'stdio', 'fs:/', 'fs:.', 'http:*:*', 'env:*'].map(
  parseCapability,
);

/** Returns the permission that corresponds to a grant: without the path on the host, which is no concern of the plugin. */
function asked(grant: Capability): Capability {
  return grant.kind === 'fs' ? { kind: 'fs', path: grant.path, readOnly: grant.readOnly } : grant;
}

/** Options of `openSandbox`. */
export interface SandboxSettings extends Pick<SandboxOptions, 'args' | 'folder' | 'stdio'> {
  /** The component's file, for errors. */
  path: string;
  /** Beside `log` and `config`, which every component has. */
  grants: readonly Capability[];
  settings: readonly Setting[];
  /** Log lines below it are dropped. */
  logLevel: LogLevel;
  /** Bounds for waiting time and size of the log. */
  limits: NonNullable<SandboxOptions['limits']>;
  io: Io;
}

/**
 * Makes the imports of `wasm-plugin run`: a log that goes to stderr, the settings of `--config`, and the parts of WASI that
 * `--grant` names. To be closed.
 * @throws {CliError} WP_IMPORT_MISSING: it imports something else
 */
export function openSandbox(type: ResolvedComponent, options: SandboxSettings): Sandbox {
  const { path, grants, settings, logLevel, io, ...rest } = options;
  const given = finder(OF_HOST);
  const missing = [...type.imports].flatMap(([name, item]) => (given(name) ? [] : missingFrom(name, item)));
  if (missing.length > 0) throw refusal(path, missing);
  return createSandbox({
    ...rest,
    plugin: path,
    permissions: [...EVERYTHING, ...grants.map(asked)],
    grants: [{ kind: 'log' }, { kind: 'config' }, ...grants],
    config: () => settings,
    env: process.env,
    // A program of most languages reads its environment before it does anything.
    emptyEnvironment: true,
    log: {
      level: logLevel,
      sink: (level, message) =>
        io.err(
          `${io.styleErr(LEVEL_STYLES[level], level.padEnd(LEVEL_WIDTH))} ${logText(message, ' '.repeat(LEVEL_WIDTH + 1))}\n`,
        ),
    },
  });
}

/** Suggests the grants to add after refusals; `undefined` if nothing was refused. */
export function grantHint(denials: readonly CapabilityError[]): string | undefined {
  // Most runtimes read the list of variables, which is empty without a grant: that ends nothing.
  const likely = denials.map(({ capability }) => capability).filter((each) => each !== 'env:*');
  if (likely.length === 0) return undefined;
  const options = [...new Set(likely)].map(
    (each) => `--grant ${/^[\w:./@*-]*$/.test(each) ? each : `'${each}'`}`,
  );
  return `What it was refused can be granted: ${options.slice(0, 8).join(' ')}`;
}

/** Lists the missing parts of an import. Types count as present: they only describe values. */
function missingFrom(name: string, item: ResolvedExtern): string[] {
  if (item.kind === 'instance') {
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
  return new CliError(
    `Cannot run "${path}": it imports ${missing.join(', ')}, which "wasm-plugin run" does not give`,
    {
      code: 'WP_IMPORT_MISSING',
      hint:
        'It gives "wasm-plugin:abi/log" and "config", and the interfaces of WASI 0.2, each behind --grant; ' +
        'for more, embed the engine and pass "imports"',
    },
  );
}
