import { PluginError } from '@wasm-plugin/abi';
import type { PluginSettings } from '@wasm-plugin/abi/host-config';
import { compareVersions, isVersion, satisfies } from '@wasm-plugin/abi/version';
import type { EventSource } from './host-events.js';
import { planLoad, type PlannedPlugin, type PlanSource } from './load-plan.js';
import type { DependencyLink, ManagedPlugin, StartedInstance } from './managed-plugin.js';
import type { LoadFailure, LoadSettings } from './plugin-host-options.js';
import type { PluginPackage } from './plugin-package.js';
import { isServing } from './plugin-state.js';
import type { PluginTable } from './plugin-table.js';
import type { Registry } from './registry.js';
import { Slots } from './slots.js';
import type { Starter } from './starter.js';

/** Options of a loader. */
export interface LoaderOptions {
  readonly registry: Registry;
  readonly table: PluginTable;
  readonly starter: Starter;
  readonly events: EventSource;
  /** Number of plugins that are started at the same time. */
  readonly concurrency: number;
  /** Returns the settings that the host has for a plugin. */
  settingsOf(id: string): PluginSettings;
  /** Makes the plugin of a name. */
  make(name: string, pkg: PluginPackage): ManagedPlugin;
  /** Makes an instance ready to serve, once it is started. @throws {PluginError} why it cannot */
  begin(plugin: ManagedPlugin, started: StartedInstance): Promise<void>;
  /** Ends what an instance does, before it is closed; nobody calls it any more. */
  end(plugin: ManagedPlugin, started: StartedInstance): Promise<void>;
  /** Sets the grants and settings of a plugin. @throws {ConfigError} */
  prepare(plugin: ManagedPlugin, settings: LoadSettings): void;
}

/** Loads plugins in the order of their dependencies, those that do not depend on each other at the same time. */
export class Loader {
  readonly #options: LoaderOptions;
  readonly #slots: Slots;

  constructor(options: LoaderOptions) {
    this.#options = options;
    this.#slots = new Slots(options.concurrency);
  }

  async load(name: string, settings: LoadSettings): Promise<ManagedPlugin> {
    const wanted = this.#wanted(name, settings.version ?? this.#rangeOf(name));
    const running = this.#options.table.find(name);
    if (running !== undefined && isServing(running.state)) {
      if (running.package !== wanted && settings.version !== undefined) throw otherVersion(running, wanted);
      return running;
    }
    const plan = planLoad([{ name, package: wanted }], this.#source());
    return await this.#run(plan, new Map([[name, settings]])).get(name)!;
  }

  /** @param isWanted says of an id whether it is loaded */
  async loadAll(
    isWanted: (id: string) => boolean,
  ): Promise<{ loaded: ManagedPlugin[]; failed: LoadFailure[] }> {
    const { table, registry, settingsOf } = this.#options;
    const failed: LoadFailure[] = [];
    const priorityOf = (id: string): number => settingsOf(id).priority ?? 0;
    const names = registry
      .ids()
      .filter((id) => !this.#isDisabled(id) && isWanted(id))
      .sort((a, b) => priorityOf(b) - priorityOf(a));
    const wanted = names.flatMap((name) => {
      try {
        const runs = table.find(name)?.instance !== undefined;
        return [{ name, package: runs ? table.get(name).package : this.#wanted(name, this.#rangeOf(name)) }];
      } catch (error) {
        failed.push({ name, error });
        return [];
      }
    });
    const plannable = wanted.filter((planned) => {
      try {
        planLoad([planned], this.#source());
        return true;
      } catch (error) {
        failed.push({ name: planned.name, error });
        return false;
      }
    });
    const running = this.#run(planLoad(plannable, this.#source()), new Map());
    const results = await Promise.allSettled(running.values());
    const loaded: ManagedPlugin[] = [];
    for (const [index, name] of [...running.keys()].entries()) {
      const result = results[index] as PromiseSettledResult<ManagedPlugin>;
      if (result.status === 'fulfilled') loaded.push(result.value);
      else failed.push({ name, error: result.reason });
    }
    return { loaded, failed };
  }

  /**
   * Finds the dependencies of another version of a running plugin, and loads those that do not run.
   * @throws {PluginError} WP_DEPENDENCY for a plugin that is missing, disabled or does not start, and for a cycle
   */
  async link(plugin: ManagedPlugin, pkg: PluginPackage): Promise<DependencyLink[]> {
    const { name } = plugin;
    const source = this.#source();
    const runs = (other: string): boolean => other !== name && source.runs(other);
    const plan = planLoad([{ name, package: pkg }], { ...source, runs });
    const planned = plan.pop() as PlannedPlugin;
    // A running plugin is not waited for: it may be in the middle of a reload that waits for this plugin.
    const running = new Map<string, Promise<ManagedPlugin>>();
    for (const needed of plan)
      if (needed.runs) running.set(needed.name, Promise.resolve(this.#options.table.get(needed.name)));
    const missing = plan.filter((needed) => !needed.runs);
    return await this.#link(planned, this.#run(missing, new Map(), running));
  }

  /** Ends a plugin; does nothing if it does not run. */
  async unload(plugin: ManagedPlugin): Promise<void> {
    await plugin.ending(async () => {
      if (!['ready', 'dead', 'failed'].includes(plugin.state)) return;
      const old = plugin.swap(undefined);
      plugin.become('registered');
      if (old !== undefined) await this.#options.end(plugin, old);
      plugin.dependencies = [];
      await old?.instance.close();
      await this.#options.starter.release(plugin);
    });
  }

  /** Starts the planned plugins; the results are by name, beside those of `running`. */
  #run(
    plan: readonly PlannedPlugin[],
    settings: ReadonlyMap<string, LoadSettings>,
    running = new Map<string, Promise<ManagedPlugin>>(),
  ): Map<string, Promise<ManagedPlugin>> {
    for (const planned of plan) {
      const loading = this.#loadPlanned(planned, running, settings.get(planned.name) ?? {});
      loading.catch(() => undefined);
      running.set(planned.name, loading);
    }
    return running;
  }

  async #loadPlanned(
    planned: PlannedPlugin,
    running: ReadonlyMap<string, Promise<ManagedPlugin>>,
    settings: LoadSettings,
  ): Promise<ManagedPlugin> {
    const { name, package: pkg } = planned;
    const plugin = this.#options.table.find(name) ?? this.#options.make(name, pkg);
    return await plugin.exclusively(async () => {
      if (isServing(plugin.state)) return plugin;
      if (plugin.state === 'disabled') throw disabled(name);
      if (planned.runs)
        throw new PluginError('WP_LIFECYCLE', `Cannot load "${name}": it ended meanwhile`, { plugin: name });
      const { starter } = this.#options;
      plugin.become('loading');
      await plugin.swap(undefined)?.instance.close();
      if (plugin.package !== pkg) await starter.release(plugin, plugin.package);
      plugin.selectVersion(pkg);
      try {
        plugin.dependencies = await this.#link(planned, running);
        await this.#slots.run(async () => {
          this.#options.prepare(plugin, settings);
          const started = await starter.start(plugin, pkg);
          try {
            await this.#options.begin(plugin, started);
          } catch (error) {
            await started.instance.close();
            throw error;
          }
          plugin.swap(started);
        });
        refuseEnded(plugin);
      } catch (error) {
        await plugin.swap(undefined)?.instance.close();
        plugin.dependencies = [];
        plugin.become('failed', error);
        throw error;
      }
      plugin.become('ready');
      return plugin;
    });
  }

  /** Waits for the dependencies. One that is optional and fails is left out. */
  async #link(
    { name, dependencies, skipped }: PlannedPlugin,
    running: ReadonlyMap<string, Promise<ManagedPlugin>>,
  ): Promise<DependencyLink[]> {
    const { events } = this.#options;
    for (const { id, reason } of skipped) events.emit('skipped', { plugin: name, dependency: id, reason });
    const links: DependencyLink[] = [];
    for (const { name: dependency, optional } of dependencies) {
      try {
        links.push({ plugin: await running.get(dependency)!, optional });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (optional) events.emit('skipped', { plugin: name, dependency, reason });
        else {
          const message = `Cannot load "${name}": "${dependency}", which it needs, did not start: ${reason}`;
          throw new PluginError('WP_DEPENDENCY', message, { plugin: name, cause: error });
        }
      }
    }
    return links;
  }

  #wanted(name: string, range?: string): PluginPackage {
    const { registry, table } = this.#options;
    const at = name.indexOf('@');
    const [id, version] = at < 0 ? [name, undefined] : [name.slice(0, at), name.slice(at + 1)];
    const pkg = version === undefined ? this.#highest(id, range) : registry.get(id, version);
    if (pkg !== undefined) {
      if (this.#isDisabled(id)) throw disabled(id);
      return pkg;
    }
    const versions = registry.versions(id);
    if (versions.length === 0) table.get(name);
    const wanted = version ?? range ?? 'any version';
    const there = versions.length === 0 ? 'its files are gone' : `there is ${versions.join(', ')}`;
    const message = `Cannot find "${id}" ${wanted}: ${there}`;
    throw new PluginError('WP_NOT_FOUND', message, { plugin: id });
  }

  /** Returns the range of versions that the host has set for a plugin; a version beside another is named with it. */
  #rangeOf(name: string): string | undefined {
    return name.includes('@') ? undefined : this.#options.settingsOf(name).version;
  }

  /** The highest version in a range. A version that came by a reload counts, though nobody has added it. */
  #highest(id: string, range = '*'): PluginPackage | undefined {
    const { registry, table } = this.#options;
    const found = registry.highest(id, range);
    const last = table.find(id)?.package;
    if (last === undefined || last === found || registry.wasRemoved(last)) return found;
    const { version } = last.manifest;
    if (registry.get(id, version) === last || !satisfies(version, range)) return found;
    return found === undefined || compareVersions(version, found.manifest.version) >= 0 ? last : found;
  }

  #isDisabled(id: string): boolean {
    return this.#options.table.find(id)?.state === 'disabled';
  }

  #source(): PlanSource {
    const { registry, table } = this.#options;
    return {
      current: (name) => {
        const plugin = table.find(name);
        const held = plugin !== undefined && (isServing(plugin.state) || plugin.state === 'loading');
        return held ? plugin.package : undefined;
      },
      runs: (name) => isServing(table.find(name)?.state ?? 'registered'),
      links: (name) => table.find(name)?.dependencies.map((link) => link.plugin.name) ?? [],
      highest: (id, range) => this.#highest(id, range),
      versions: (id) => registry.versions(id).filter(isVersion),
      isDisabled: (id) => this.#isDisabled(id),
    };
  }
}

/** Refuses a plugin whose dependency was unloaded or died during the start. */
function refuseEnded(plugin: ManagedPlugin): void {
  const ended = plugin.dependencies.find((link) => !link.optional && !isServing(link.plugin.state));
  if (ended === undefined) return;
  const reason = `"${ended.plugin.name}", which it needs, is ${ended.plugin.state}`;
  throw new PluginError('WP_DEPENDENCY', `Cannot load "${plugin.name}": ${reason}`, { plugin: plugin.name });
}

function disabled(name: string): PluginError {
  return new PluginError('WP_LIFECYCLE', `Cannot load "${name}": it is disabled`, { plugin: name });
}

function otherVersion(running: ManagedPlugin, wanted: PluginPackage): PluginError {
  const { version } = wanted.manifest;
  const message = `Cannot load "${running.name}" ${version}: version ${running.version} runs; reload it, or load "${running.id}@${version}" beside it`;
  return new PluginError('WP_LIFECYCLE', message, { plugin: running.name });
}
