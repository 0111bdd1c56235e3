import { basename } from 'node:path';
import { DEFAULT_LIMITS, PluginError, type AudioDescriptor } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import {
  canCarry,
  library,
  scanLibraries,
  type LibraryInstance,
  type LibraryVerdict,
} from '@wasm-plugin/native-bridge';
import { CliError } from '../cli-error.js';
import { readInput } from '../component/index.js';
import type { Io } from '../io.js';
import type { Setting } from '../run/index.js';
import { printable } from '../terminal/index.js';

/** The functions of a plugin in a library. */
export interface LibraryFunctions {
  lifecycle: { init(settings: readonly Setting[]): void };
  processor?: { describe(): AudioDescriptor };
}

/** A library that was scanned. */
export type ScannedLibrary = Exclude<LibraryVerdict, { error: string }>;

/**
 * Lists the plugins in a library, opened in a process of its own.
 * @throws {CliError} this machine cannot run libraries, or the library cannot be opened
 */
export async function scanLibrary(path: string): Promise<ScannedLibrary> {
  const { child } = canCarry();
  if (child !== undefined)
    throw new CliError(`Cannot open "${path}": this machine runs no libraries: ${child}`);
  const verdict = (await scanLibraries([path])).get(path) as LibraryVerdict;
  if ('error' in verdict)
    throw new CliError(`Cannot open "${path}": ${printable(verdict.error)}`, { code: 'WP_BRIDGE' });
  return verdict;
}

/**
 * Picks the plugin that is asked for.
 * @throws {CliError} there is none, or none is asked for if there are several
 */
export function pickPlugin(path: string, { plugins }: ScannedLibrary, wanted: string | undefined): string {
  const [only = '', ...others] = plugins;
  if (wanted === undefined && others.length === 0) return only;
  if (wanted !== undefined && plugins.includes(wanted)) return wanted;
  const reason = wanted === undefined ? 'it holds several plugins' : `it holds no "${wanted}"`;
  throw new CliError(`Cannot use "${path}": ${reason}`, {
    exitCode: 2,
    hint: `Give --plugin one of ${plugins.map((name) => printable(name)).join(', ')}`,
  });
}

/** A plugin of a library, which starts instances. */
export interface OpenedLibrary {
  instantiate(): Promise<{
    instance: LibraryInstance;
    functions: LibraryFunctions;
    close(): Promise<void>;
  }>;
  close(): Promise<void>;
}

/** Opens a plugin in a child process, or in this one. Its warnings and errors in the log go to stderr. */
export async function openLibraryPlugin({
  path,
  label,
  io,
  inProcess = false,
}: {
  path: string;
  label: string;
  io: Io;
  inProcess?: boolean;
}): Promise<OpenedLibrary> {
  const file = basename(path);
  const warn = (text: string): void => io.err(`${io.styleErr('yellow', 'warning:')} ${printable(text)}\n`);
  const carrier = library({ unsafeInProcess: inProcess, onFarewell: ({ message }) => warn(message) });
  const source = {
    id: file,
    version: '0.0.0',
    entry: label === '' ? file : `${file}#${label}`,
    files: memoryFiles({ [file]: readInput(path) }),
  };
  const plugin = await carrier.load(source, { limits: DEFAULT_LIMITS });
  const log = (level: string, text: string): void => {
    if (level === 'warn' || level === 'error') io.err(`${level} ${printable(text)}\n`);
  };
  const imports = { 'wasm-plugin:abi/log': { log }, 'wasm-plugin:abi/config': { get: () => undefined } };
  return {
    async instantiate() {
      const instance = (await plugin.instantiate({ imports })) as LibraryInstance;
      const functions = instance.exports as unknown as LibraryFunctions;
      return { instance, functions, close: () => Promise.resolve(instance.close()) };
    },
    close: () => Promise.resolve(plugin.close()),
  };
}

/** Runs a function with an instance of a plugin in a child process, then ends the instance. */
export async function withLibraryPlugin<Result>(
  options: { path: string; label: string; io: Io },
  use: (instance: LibraryInstance, functions: LibraryFunctions) => Result,
): Promise<Result> {
  const plugin = await openLibraryPlugin(options);
  try {
    const { instance, functions } = await plugin.instantiate();
    return use(instance, functions);
  } catch (error) {
    if (!PluginError.is(error)) throw error;
    throw new CliError(printable(error.message), { code: error.code });
  } finally {
    await plugin.close();
  }
}
