import {
  ABI_VERSION,
  parseCapability,
  PluginError,
  type CarrierInstance,
  type Capability,
} from '@wasm-plugin/abi';
import type { ConfigValues } from '@wasm-plugin/abi/config';
import { fitsPattern, settingsOf, type PluginSettings } from '@wasm-plugin/abi/host-config';
import type { PluginFiles } from '@wasm-plugin/abi/package';
import { createSandbox } from '../sandbox/index.js';
import { Configuration } from './configuration.js';
import { configurePlugin } from './configure-plugin.js';
import { ENGINE_VERSION } from './engine-version.js';
import { EventSource, type HostEvents } from './host-events.js';
import { Loader } from './loader.js';
import { ManagedPlugin, type DependencyLink, type StartedInstance } from './managed-plugin.js';
import type {
  HostSettings,
  LoadFailure,
  LoadSettings,
  PluginSetOptions,
  UnloadOptions,
} from './plugin-host-options.js';
import { readPackage, type PluginPackage } from './plugin-package.js';
import { NO_LINKS, type PluginLinks } from './plugin-links.js';
import { canBecome, isServing } from './plugin-state.js';
import { PluginTable } from './plugin-table.js';
import { byIdAndVersion, fitsQuery, Registry, type PackageQuery } from './registry.js';
import type { CallObserver, Exports } from './stable-exports.js';
import { Starter } from './starter.js';

/**
 * The plugins of a host: finds, loads, links, configures and ends them. Each one is a `ManagedPlugin`, whose states are in
 * `plugin-state.ts`. `PluginHost` adds reloads and supervision.
 */
export class PluginSet {
  readonly #options: PluginSetOptions;
  readonly #events = new EventSource();
  readonly #registry = new Registry();
  readonly #table = new PluginTable();
  readonly #starter: Starter;
  /** Parts that link plugins with each other. */
  protected links: PluginLinks = NO_LINKS;
  readonly #loader: Loader;
  #settings: HostSettings;
  /** Plugins that `load` was given grants for: those stay. */
  readonly #granted = new WeakSet<ManagedPlugin>();
  #closed = false;

  constructor(options: PluginSetOptions) {
    this.#options = options;
    const { platform, plugins = {}, autoLoad = true, grants = [] } = options;
    this.#settings = { plugins, autoLoad, grants };
    this.#starter = new Starter({
      carriers: options.carriers,
      versions: { engine: ENGINE_VERSION, abi: ABI_VERSION },
      events: this.#events,
      limits: options.limits ?? {},
      acceptUnheld: options.acceptUnheld ?? [],
      isolatedCarrier: options.isolatedCarrier,
      isolationOf: (plugin, manifest) => this.settingsOf(plugin.id).isolation ?? manifest.isolation ?? 'none',
      imports: options.imports ?? {},
      sandbox: options.sandbox ?? {},
      createSandbox: options.createSandbox ?? createSandbox,
      env: options.env ?? {},
      platform: typeof platform === 'function' ? platform : () => platform,
      verify: options.verify,
      links: () => this.links,
      now: options.now ?? (() => performance.now()),
    });
    this.#loader = new Loader({
      registry: this.#registry,
      table: this.#table,
      starter: this.#starter,
      events: this.#events,
      concurrency: options.concurrency ?? 8,
      settingsOf: (id) => this.settingsOf(id),
      begin: (plugin, started) => this.begin(plugin, started),
      end: (plugin, started) => this.end(plugin, started),
      make: (name, pkg) => this.#make(name, pkg),
      prepare: (plugin, settings) => this.#prepare(plugin, settings),
    });
  }

  /**
   * Makes a version of a plugin known. No part of it runs.
   * @throws {ManifestError} WP_MANIFEST
   * @throws {PluginError} WP_PACKAGE, WP_DUPLICATE; the error of `verify` for an untrusted plugin
   */
  async add(files: PluginFiles): Promise<ManagedPlugin> {
    this.#refuseClosed();
    const pkg = await readPackage((await this.#options.verify?.(files)) ?? files);
    this.#registry.add(pkg);
    const { id, version } = pkg.manifest;
    const plugin = this.#table.find(id) ?? this.#make(id, pkg);
    if (this.settingsOf(id).enabled === false && plugin.state === 'registered') plugin.become('disabled');
    this.#events.emit('added', { plugin: id, version, source: files.source });
    return plugin;
  }

  /**
   * Loads a plugin after its dependencies; a loaded one is left as it is.
   * @typeParam Own the type of its `exports`, as `wasm-plugin types` writes it. The component is not checked against it
   * @param name the id, or `id@version` for a version beside another
   * @throws {PluginError} WP_NOT_FOUND, WP_DEPENDENCY, WP_LIFECYCLE if it is disabled, or the reason for which it cannot start
   * @throws {CapabilityError} if a required permission is not granted
   * @throws {ConfigError} if its configuration does not fit
   */
  async load<Own extends object = Exports>(
    name: string,
    settings: LoadSettings = {},
  ): Promise<ManagedPlugin<Own>> {
    this.#refuseClosed();
    return typed<Own>(await this.#loader.load(name, settings));
  }

  /**
   * Loads every plugin that is not disabled and that `autoLoad` names; those that do not depend on each other at the same
   * time, those of a higher priority first.
   */
  async loadAll(): Promise<{ loaded: ManagedPlugin[]; failed: LoadFailure[] }> {
    this.#refuseClosed();
    return await this.#loader.loadAll((id) => this.loadsByItself(id));
  }

  /** Returns the settings that the host has for a plugin. */
  settingsOf(id: string): PluginSettings {
    return settingsOf(this.#settings.plugins, id);
  }

  /** Returns whether `loadAll` loads a plugin. */
  loadsByItself(id: string): boolean {
    const { autoLoad } = this.#settings;
    return typeof autoLoad === 'boolean' ? autoLoad : autoLoad.some((pattern) => fitsPattern(pattern, id));
  }

  /**
   * Starts another instance of a plugin that is loaded, with its settings. It is the caller's to close; the plugin's exports
   * do not lead to it.
   * @throws {PluginError} WP_LIFECYCLE if the plugin is not loaded, and why it cannot start
   */
  async instantiate(name: string): Promise<CarrierInstance> {
    const plugin = this.#table.get(name);
    if (isServing(plugin.state)) return (await this.#starter.start(plugin, plugin.package)).instance;
    throw lifecycleError(`Cannot start another instance of "${name}": it is ${plugin.state}`, name);
  }

  /**
   * Starts an instance of a version of a loaded plugin, for a swap; the present instance serves meanwhile. Dependencies of
   * another version that do not run yet are loaded first, and stay loaded. A follower of the plugin prepares the instance.
   * @param dependencies the plugins it is linked with.
   * @default the running ones for the running version, and those found for another version
   * @see ManagedPlugin.swap
   * @throws {PluginError} WP_DEPENDENCY, or the reason for which it cannot start; the present instance is untouched
   */
  async prepare(
    name: string,
    pkg: PluginPackage,
    dependencies?: readonly DependencyLink[],
  ): Promise<StartedInstance> {
    const plugin = this.#table.get(name);
    const links =
      dependencies ?? (pkg === plugin.package ? plugin.dependencies : await this.#loader.link(plugin, pkg));
    const started = await this.#starter.start(plugin, pkg, links);
    try {
      await plugin.follower?.prepare(started.instance);
    } catch (error) {
      await started.instance.close();
      throw error;
    }
    return started;
  }

  /** Frees the loaded code of a version that does not serve; prepared instances of it end. */
  async release(name: string, pkg: PluginPackage): Promise<void> {
    const plugin = this.#table.get(name);
    if (plugin.instance === undefined || plugin.package !== pkg) await this.#starter.release(plugin, pkg);
  }

  /**
   * Returns a plugin that is known.
   * @typeParam Own the type of its `exports`
   * @throws {PluginError} WP_NOT_FOUND
   */
  get<Own extends object = Exports>(name: string): ManagedPlugin<Own> {
    return typed<Own>(this.#table.get(name));
  }

  /** The plugins whose present version fits a query, by name. */
  list(query: PackageQuery = {}): ManagedPlugin[] {
    return this.#table.all().filter((plugin) => fitsQuery(plugin.package, query));
  }

  /** Every version that fits a query, whether it runs or not. A package that a reload has put in is one of them. */
  packages(query: PackageQuery = {}): PluginPackage[] {
    const putIn = this.#table.all().flatMap(({ package: pkg }) => (this.#isKnown(pkg) ? [] : [pkg]));
    if (putIn.length === 0) return this.#registry.find(query);
    const versions = new Map<string, PluginPackage>();
    for (const pkg of [...this.#registry.find(query), ...putIn.filter((other) => fitsQuery(other, query))])
      versions.set(`${pkg.manifest.id}@${pkg.manifest.version}`, pkg);
    return [...versions.values()].sort(byIdAndVersion);
  }

  /** Forgets a version, e.g. since it is no longer where it was. If it runs, it goes on. */
  forget(pkg: PluginPackage): void {
    const { id, version } = pkg.manifest;
    const plugin = this.#table.find(id);
    const isKnown = this.#registry.get(id, version) === pkg;
    if (this.#registry.wasRemoved(pkg) || (!isKnown && plugin?.package !== pkg)) return;
    this.#registry.forget(pkg);
    this.#events.emit('removed', { plugin: id, version, source: pkg.files.source });
    if (plugin === undefined || plugin.package !== pkg || plugin.instance !== undefined) return;
    const other = this.#registry.highest(id);
    if (other !== undefined) plugin.selectVersion(other);
    else if (canBecome(plugin.state, 'removed')) {
      plugin.become('removed');
      this.#table.delete(plugin);
    }
  }

  /** Returns the loaded plugins that require a plugin. */
  dependents(name: string): ManagedPlugin[] {
    return this.#table.dependents(this.#table.get(name));
  }

  /** Lets a disabled plugin be loaded again. */
  enable(name: string): void {
    const plugin = this.#table.get(name);
    if (plugin.state === 'disabled') plugin.become('registered');
  }

  /**
   * Ends a plugin and keeps it from being loaded.
   * @throws {PluginError} WP_IN_USE as `unload`
   */
  async disable(name: string, options: UnloadOptions = {}): Promise<void> {
    await this.unload(name, options);
    const plugin = this.#table.get(name);
    if (plugin.state !== 'disabled') plugin.become('disabled');
  }

  /**
   * Ends a plugin; it stays known.
   * @throws {PluginError} WP_IN_USE if plugins that are loaded need it, unless `cascade` ends them first
   */
  async unload(name: string, { cascade = false }: UnloadOptions = {}): Promise<void> {
    const plugin = this.#table.get(name);
    const dependents = this.#table.allDependents(plugin);
    if (dependents.length > 0 && !cascade) {
      const names = dependents.map((dependent) => `"${dependent.name}"`).join(', ');
      throw new PluginError(
        'WP_IN_USE',
        `Cannot unload "${name}": ${names} need it; unload with "cascade" to end them too`,
        {
          plugin: name,
        },
      );
    }
    for (const ending of [...dependents, plugin]) await this.#loader.unload(ending);
  }

  /**
   * Forgets a plugin: it is unloaded, and its versions are no longer known.
   * @throws {PluginError} WP_IN_USE as `unload`
   */
  async remove(name: string, options: UnloadOptions = {}): Promise<void> {
    await this.unload(name, options);
    const plugin = this.#table.get(name);
    plugin.become('removed');
    this.#table.delete(plugin);
    if (name === plugin.id)
      for (const version of this.#registry.versions(name)) this.#registry.remove(name, version);
  }

  /**
   * Changes the settings of a plugin; a running one is asked through `lifecycle.configure`.
   * @param change merged into the settings: `null` takes a value away, so that its default holds
   * @throws {ConfigError} WP_CONFIG if the values do not fit; the old ones stay
   * @throws {PluginError} WP_CONFIG if the plugin refuses them; the old ones stay
   */
  async configure(name: string, change: ConfigValues): Promise<void> {
    const plugin = this.#table.get(name);
    const keys = await plugin.exclusively(() => {
      plugin.configuration ??= this.#configurationOf(plugin, this.settingsOf(plugin.id).config ?? {});
      return configurePlugin(plugin, plugin.configuration, change);
    });
    if (keys.length > 0) this.#events.emit('configured', { plugin: name, keys });
  }

  /** The settings that can be others while the host runs. */
  get settings(): HostSettings {
    return this.#settings;
  }

  /**
   * Puts other settings in the place of those the host has. They hold for what is loaded from now on; grants hold at once.
   * `reconfigure` of the whole host brings what runs into line with them.
   */
  replaceSettings(settings: HostSettings): void {
    this.#settings = settings;
    for (const plugin of this.#table.all())
      if (!this.#granted.has(plugin)) plugin.grants = this.#grantsOf(plugin);
  }

  /** Calls a listener at each event of a name; the result ends that. */
  on<Name extends keyof HostEvents>(name: Name, listener: (event: HostEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /** Calls the listeners of a host's event; for the parts of a host that live elsewhere, such as the scan. */
  emit<Name extends keyof HostEvents>(name: Name, event: HostEvents[Name]): void {
    this.#events.emit(name, event);
  }

  /** Ends every plugin, dependents first, and the carriers. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const plugin of this.#table.all()) {
      for (const ending of [...this.#table.allDependents(plugin), plugin]) await this.#loader.unload(ending);
    }
    for (const plugin of this.#table.all()) plugin.become('removed');
    await this.#starter.close();
  }

  /** Returns the function that observes the calls of a plugin; `undefined` if nobody does. */
  protected observerOf(_name: string): CallObserver | undefined {
    return undefined;
  }

  /** Makes an instance ready to serve, once it is started: the business of a host that knows more than its plugins. */
  protected async begin(_plugin: ManagedPlugin, _started: StartedInstance): Promise<void> {}

  /** Ends what an instance does, before it is closed; nobody calls it any more. */
  protected async end(_plugin: ManagedPlugin, _started: StartedInstance): Promise<void> {}

  /** Returns whether a package is in the registry, or was. */
  #isKnown(pkg: PluginPackage): boolean {
    const { id, version } = pkg.manifest;
    return this.#registry.get(id, version) === pkg || this.#registry.wasRemoved(pkg);
  }

  #make(name: string, pkg: PluginPackage): ManagedPlugin {
    const plugin = new ManagedPlugin(name, pkg, {
      onState: (changed, { from, to }) =>
        this.#events.emit('state', {
          plugin: changed.name,
          version: changed.version,
          from,
          to,
          error: changed.error,
        }),
      observerOf: (each) => this.observerOf(each),
      onSwap: (changed, { from, to }) => this.#events.emit('swapped', { plugin: changed.name, from, to }),
    });
    this.#table.set(plugin);
    return plugin;
  }

  /** Settings given to `load` hold from then on; the others stay as they were, or are as the host has them. */
  #prepare(plugin: ManagedPlugin, { config, grants, limits }: LoadSettings): void {
    const own = this.settingsOf(plugin.id);
    plugin.limits = limits ?? (plugin.configuration === undefined ? own.limits : undefined) ?? plugin.limits;
    if (grants !== undefined) this.#granted.add(plugin);
    plugin.grants = grants?.map(parseCapability) ?? this.#grantsOf(plugin);
    const written = config ?? plugin.configuration?.written ?? own.config ?? {};
    plugin.configuration = this.#configurationOf(plugin, written);
  }

  #grantsOf({ id, manifest }: ManagedPlugin): Capability[] {
    const own = this.settingsOf(id).grants;
    const { grants } = this.#settings;
    return (own ?? (typeof grants === 'function' ? grants(manifest) : grants)).map(parseCapability);
  }

  #configurationOf(plugin: ManagedPlugin, written: ConfigValues): Configuration {
    const { name, manifest, grants } = plugin;
    return new Configuration({ plugin: name, manifest, grants, env: this.#options.env ?? {} }, written);
  }

  #refuseClosed(): void {
    if (this.#closed) throw new PluginError('WP_CLOSED', 'Cannot use the plugin host: it is closed');
  }
}

/** The caller chooses the type of the exports. */
function typed<Own extends object>(plugin: ManagedPlugin): ManagedPlugin<Own> {
  return plugin as ManagedPlugin<object> as ManagedPlugin<Own>;
}

function lifecycleError(message: string, plugin: string): PluginError {
  return new PluginError('WP_LIFECYCLE', message, { plugin });
}
