import { PluginError, resolveLimits, type Limits, type ResolvedLimits } from '@wasm-plugin/abi';
import { COMPOSED, canGenerate, GENERATED, type Backend } from '../canonical/index.js';
import type { ResolvedComponent } from '../component/index.js';
import type { HostImports, JsExports } from '../link/index.js';
import {
  checkBytes,
  checkOptions,
  compileComponent,
  ComponentCache,
  LoadedPlugin,
  type Instance,
  type InstantiateOptions,
  type KeysOf,
} from '../runtime/index.js';
import { abiErrorFrom, checkAgainstWorld, decodeWorld, type World } from '../world/index.js';

/** Options of `createEngine`. */
export interface EngineOptions<Imports extends object = HostImports> {
  /**
   * The world that every plugin has to fit: an encoded WIT package that holds one, as `wasm-plugin wit build` writes it, or
   * one that `decodeWorld` has chosen of several. Without it any component loads whose imports can be given.
   */
  world?: Uint8Array | World;
  /** The host's imports for every plugin, by name, with or without its version: see `HostImports`. */
  imports?: Imports;
  /**
   * The way in which lifts and lowers are made: `generated` as JavaScript text, or `composed` from closures, for a host whose content
   * security policy forbids `eval`.
   * @default `generated` if the host allows it
   */
  backend?: Backend['name'];
  /** Limits of every instance. */
  limits?: Limits;
  /**
   * The thread of instances: on the thread that calls them, or, with the Node entry, each on one of its own.
   * @default 'none'
   */
  isolation?: 'none';
  /**
   * Returns the text of a source map by the address that a core module names, so that errors name files and lines. Asked only
   * when a guest has failed. Maps inside the address need nobody to give them; DWARF is read without being asked for.
   */
  sourceMapOf?: (url: string) => string | undefined;
  /**
   * The bytes that kept components may take, compiled, those used last first. Loading equal bytes with equal limits again
   * costs a comparison. A component counts as 64 KiB and four times its binary. 0 turns it off.
   * @default 256 MiB
   */
  cacheBytes?: number;
}

/** Options of `Engine.load`. */
export interface LoadOptions {
  /** The plugin's name, for errors. */
  name?: string;
  /** Limits of this plugin, which may only lower the engine's. */
  limits?: Limits;
}

/**
 * A component that was loaded, and can be instantiated.
 * @typeParam Exports the type of its instances' `exports`
 */
export interface Plugin<Exports extends object = JsExports> {
  /** The name it was loaded under. */
  readonly name: string | undefined;
  /** Size of the component binary in bytes. */
  readonly size: number;
  /** Limits of its instances. */
  readonly limits: ResolvedLimits;
  /**
   * Makes a running instance.
   * @typeParam Own the type of its `exports`, if that is not the plugin's
   * @typeParam Imports the type of `options.imports`
   * @throws {AbiError} WP_IMPORT_MISSING
   * @throws {PluginError} WP_LINK, also for a core module that is too large for here, see `instantiateAsync`
   * @throws {TrapError} WP_TRAP when a start function traps
   * @throws {QuotaError} WP_QUOTA_LINK when its instances, functions, globals and memories are too many
   * @throws {QuotaError} WP_QUOTA_INSTANCES when too many instances of the plugin are alive
   * @throws {PluginError} WP_LIMITS
   */
  instantiate<Own extends object = Exports, Imports extends object = HostImports>(
    options?: InstantiateOptions<Imports>,
  ): Instance<Own>;
  /**
   * Makes a running instance, as `instantiate`, also if a core module is too large to be instantiated at once: Chromium
   * gives a page's main thread instances of modules above 8 MB by promises only. Other work comes in between only there.
   * @throws as `instantiate`
   * @throws {TrapError} WP_CLOSED when the plugin is closed meanwhile
   */
  instantiateAsync<Own extends object = Exports, Imports extends object = HostImports>(
    options?: InstantiateOptions<Imports>,
  ): Promise<Instance<Own>>;
  /** Closes every instance and forgets the plugin. */
  close(): void;
}

/** Loads plugins. */
export interface Engine {
  /** Limits of every instance. */
  readonly limits: ResolvedLimits;
  /**
   * Decodes, checks and compiles a component.
   * @typeParam Exports the type of its instances' `exports`, as `wasm-plugin types` writes it. Nothing holds the component
   *   against it: give a `world` for that
   * @throws {TypeError} if `bytes` are none, or for an unknown option
   * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT
   * @throws {AbiError} WP_ABI_MISMATCH when the component does not fit the declared world; WP_ABI_NAMES when two of its names
   *   are one in JavaScript
   * @throws {PluginError} WP_LIMITS
   */
  load<Exports extends object = JsExports>(
    bytes: Uint8Array,
    options?: LoadOptions,
  ): Promise<Plugin<Exports>>;
  /** Closes every instance that the engine made. */
  close(): void;
}

const ENGINE_OPTIONS: KeysOf<EngineOptions> = {
  world: true,
  imports: true,
  backend: true,
  limits: true,
  isolation: true,
  sourceMapOf: true,
  cacheBytes: true,
};
const LOAD_OPTIONS: KeysOf<LoadOptions> = { name: true, limits: true };

const DEFAULT_CACHE_BYTES = 256 * 2 ** 20;

/**
 * Makes an engine.
 * @typeParam Imports the type of `options.imports`
 * @throws {TypeError} for an unknown option
 * @throws {AbiError} WP_ABI_WORLD
 * @throws {PluginError} WP_LIMITS
 */
export function createEngine<Imports extends object = HostImports>(
  options: EngineOptions<Imports> = {},
): Engine {
  checkOptions(options, ENGINE_OPTIONS, 'create an engine');
  refuseIsolation(options.isolation);
  const backend = selectBackend(options.backend);
  const limits = resolveLimits(options.limits);
  const world = options.world instanceof Uint8Array ? decodeWorld(options.world) : options.world;
  const plugins = new Set<LoadedPlugin<object>>();
  const cache = new ComponentCache(options.cacheBytes ?? DEFAULT_CACHE_BYTES);
  const checked = new WeakMap<ResolvedComponent, ReadonlyMap<string, string>>();
  /** Checks a component against the world, and gives its exports' names there. */
  const aliasesOf = (type: ResolvedComponent, name: string | undefined): ReadonlyMap<string, string> => {
    let aliases = checked.get(type);
    if (aliases !== undefined) return aliases;
    if (world === undefined) aliases = new Map();
    else {
      const verdict = checkAgainstWorld(type, world);
      if (!verdict.fits) throw abiErrorFrom(verdict, { plugin: name });
      aliases = verdict.exports;
    }
    checked.set(type, aliases);
    return aliases;
  };
  return {
    limits,
    async load<Exports extends object>(bytes: Uint8Array, loading: LoadOptions = {}) {
      checkBytes(bytes);
      checkOptions(loading, LOAD_OPTIONS, 'load the plugin');
      const { name, limits: given } = loading;
      const own = resolveLimits(given, { base: limits, lowerOnly: true });
      const accept = (type: ResolvedComponent): unknown => aliasesOf(type, name);
      const compiled = await cache.get(bytes, {
        variant: JSON.stringify(own),
        compile: (copy) => compileComponent(copy, { limits: own, accept, sourceMapOf: options.sourceMapOf }),
      });
      const plugin = new LoadedPlugin<Exports>(compiled, {
        name,
        backend,
        aliases: aliasesOf(compiled.type, name),
        limits: own,
        imports: (options.imports ?? {}) as HostImports,
        onClose: (closed) => plugins.delete(closed),
      });
      plugins.add(plugin);
      return plugin;
    },
    close() {
      for (const plugin of plugins) plugin.close();
      plugins.clear();
      cache.clear();
    },
  };
}

function refuseIsolation(wanted: string | undefined): void {
  if (wanted === undefined || wanted === 'none') return;
  if (wanted !== 'worker') {
    throw new TypeError(
      `Cannot create an engine: "isolation" is "none" or "worker", got ${JSON.stringify(wanted)}`,
    );
  }
  throw new PluginError(
    'WP_LIMITS',
    'Cannot isolate instances in threads: browsers let no thread wait for a host import, so only Node does that',
  );
}

function selectBackend(wanted: Backend['name'] | undefined): Backend {
  if (wanted === 'composed') return COMPOSED;
  if (wanted === 'generated' || canGenerate()) return GENERATED;
  return COMPOSED;
}
