import { formatCapability, type LimitName } from '@wasm-plugin/abi';
import type { ConfigValues } from '@wasm-plugin/abi/config';
import {
  createPluginHost,
  type CreatePluginHostOptions,
  type LogLevel,
  type ManagedPlugin,
  type NodePluginHost,
} from '@wasm-plugin/engine/host';
import type { ReloadResult } from '@wasm-plugin/engine/reload';

/** Options of a load in a test, beside those of its `plugin.json`. */
export interface LoadForTestOptions extends Pick<
  CreatePluginHostOptions,
  'grants' | 'limits' | 'imports' | 'sandbox' | 'env'
> {
  /** The folder with the `plugin.json`, or a packed plugin. @default the working directory, the plugin's folder in `wasm-plugin test` */
  folder?: string;
  /** Its settings. @default the defaults of its schema */
  config?: ConfigValues;
  /** Folders of the plugins that it depends on. */
  dependencies?: readonly string[];
}

/** A line that a plugin has logged. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
}

/** A plugin that runs for a test. Nothing of it keeps the process. */
export interface TestedPlugin<Exports extends object = ManagedPlugin['exports']> {
  /** Exports of the plugin, by the names of `wasm-plugin types`. The same object after a reload. */
  readonly exports: Exports;
  /** Log lines so far, oldest first. */
  readonly logs: readonly LogLine[];
  /** The plugin in its host. */
  readonly plugin: ManagedPlugin;
  /** The host that it runs in. */
  readonly host: NodePluginHost;
  /**
   * Returns the amounts that the present instance uses, by the name of the limit: `memoryBytes`, `fuel` of the last call,
   * `fuelTotal`, …
   */
  usage(): Readonly<Partial<Record<LimitName, number>>>;
  /**
   * Calls a function, and returns the fuel that the plugin burns meanwhile: the same number on each machine.
   * @throws the function's error
   */
  fuelOf(calls: () => unknown): number;
  /**
   * Puts a new instance of the same version in the place of this one, with its state, as a host does.
   * @throws {ReloadError} WP_RELOAD, naming the step
   */
  reload(): Promise<ReloadResult>;
  /** Ends it. */
  close(): Promise<void>;
}

/**
 * Limits of a test whose manifest sets none: far above the needs of a test, and low enough to end an endless loop. Fuel is
 * limited so that it is counted.
 */
const TEST_LIMITS = { fuel: 1e12, timeMs: 10_000 } as const;

/**
 * Starts a plugin in the engine as its `plugin.json` says: under its limits, with the permissions that it asks for, and its
 * settings. The host grants all of these permissions, unless `grants` lists others.
 *
 * @example
 * const { exports, fuelOf } = await load();
 * expect(exports.greet('Ada')).toBe('Hello, Ada!');
 * expect(fuelOf(() => exports.greet('Ada'))).toBeLessThanOrEqual(500);
 *
 * @typeParam Exports the type of its `exports`, as `wasm-plugin types` writes it
 * @throws {ManifestError} WP_MANIFEST
 * @throws {PluginError} WP_PACKAGE if it is not built; other codes if it cannot start
 */
export async function load<Exports extends object = ManagedPlugin['exports']>(
  options: LoadForTestOptions = {},
): Promise<TestedPlugin<Exports>> {
  const { folder = '.', config, dependencies = [], limits, ...given } = options;
  const host = createPluginHost({
    grants: ({ permissions }) => permissions.map(({ capability }) => formatCapability(capability)),
    // Most languages read their environment before they do anything.
    sandbox: { emptyEnvironment: true },
    ...given,
    limits: { ...TEST_LIMITS, ...limits },
  });
  try {
    const logs: LogLine[] = [];
    for (const each of dependencies) await host.addFrom(each);
    const plugin = await host.addFrom(folder);
    host.on('log', ({ plugin: name, level, message }) => {
      if (name === plugin.name) logs.push({ level, message });
    });
    await host.load(plugin.name, config === undefined ? {} : { config });
    const fuelTotal = (): number => plugin.usage().fuelTotal ?? 0;
    return {
      exports: plugin.exports as unknown as Exports,
      logs,
      plugin,
      host,
      usage: () => plugin.usage(),
      fuelOf(calls) {
        const before = fuelTotal();
        calls();
        return fuelTotal() - before;
      },
      reload: () => host.reload(plugin.name, plugin.package, { by: 'test' }),
      close: () => host.close(),
    };
  } catch (error) {
    await host.close();
    throw error;
  }
}
