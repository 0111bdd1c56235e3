import {
  DEFAULT_LIMITS,
  PluginError,
  refuseUnheldLimits,
  resolveLimits,
  type Carrier,
  type CarrierInstance,
  type CarrierKind,
  type CarrierPlugin,
  type LimitName,
  type Limits,
  type ResolvedLimits,
} from '@wasm-plugin/abi';
import {
  resolveEntries,
  type Entry,
  type Isolation,
  type Manifest,
  type Platform,
} from '@wasm-plugin/abi/manifest';
import type { PluginFiles } from '@wasm-plugin/abi/package';
import { hostFindings } from '@wasm-plugin/abi/update';
import type { HostImports } from '../link/index.js';
import type { Sandbox } from '../sandbox/index.js';
import type { Configuration } from './configuration.js';
import { dependencyImports } from './dependency-imports.js';
import { firstEntry } from './first-entry.js';
import type { PluginLinks } from './plugin-links.js';
import { initInstance, refuseUngranted } from './init-instance.js';
import type { EventSource } from './host-events.js';
import type { DependencyLink, ManagedPlugin, StartedInstance } from './managed-plugin.js';
import { verifiedFiles, type PluginPackage } from './plugin-package.js';
import {
  pluginSandbox,
  settingsFor,
  type PluginSandboxOptions,
  type SandboxFactory,
  type SandboxSettings,
} from './plugin-sandbox.js';

/** Settings for all instances. */
export interface StarterOptions {
  readonly carriers: readonly Carrier[];
  readonly versions: { readonly engine: string; readonly abi: string };
  readonly events: EventSource;
  readonly limits: Limits;
  /** Limits that a carrier need not hold. */
  readonly acceptUnheld: readonly LimitName[];
  /** Runs components whose isolation is `worker`. */
  readonly isolatedCarrier: Carrier | undefined;
  isolationOf(plugin: ManagedPlugin, manifest: Manifest): Isolation;
  readonly imports: HostImports | ((plugin: ManagedPlugin, manifest: Manifest) => HostImports);
  readonly sandbox: SandboxSettings | ((plugin: ManagedPlugin, manifest: Manifest) => SandboxSettings);
  readonly createSandbox: SandboxFactory;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: () => Platform | undefined;
  readonly verify: ((files: PluginFiles) => PluginFiles | Promise<PluginFiles>) | undefined;
  /** Parts of the host that link plugins with each other. */
  links(): PluginLinks;
  readonly now: () => number;
}

/** A package that a carrier has loaded, and the limits of its instances. */
interface Loaded {
  plugin: CarrierPlugin;
  limits: ResolvedLimits;
  calls: Carrier['calls'];
}

/** Loaded code of a package, by entry. */
type LoadedEntries = Map<string, Promise<Loaded>>;

/** Source of an instance of an entry. */
interface EntryStart extends Pick<StartedInstance, 'package' | 'configuration' | 'dependencies'> {
  entry: Entry;
}

/** Limits that the host enforces itself, for any carrier. */
const HELD_BY_HOST: readonly LimitName[] = ['stateBytes', 'logLinesPerSecond'];

/** Turns packages into running instances. */
export class Starter {
  readonly #options: StarterOptions;
  readonly #carriers: ReadonlyMap<string, Carrier>;
  readonly #loaded = new Map<ManagedPlugin, Map<PluginPackage, LoadedEntries>>();

  constructor(options: StarterOptions) {
    this.#options = options;
    this.#carriers = new Map(options.carriers.map((carrier) => [carrier.kind, carrier]));
  }

  /**
   * Starts an instance of a version of a plugin and calls its `lifecycle.init`. Changes nothing in the plugin: the caller puts
   * the instance behind its exports.
   * @param dependencies the plugins it is linked with
   * @throws {PluginError} the fault of the version, its carrier or its limits; WP_INIT if it refuses to start
   * @throws {CapabilityError} if a required permission is not granted
   * @throws {ConfigError} if the settings do not fit the version
   */
  async start(
    plugin: ManagedPlugin,
    pkg: PluginPackage,
    dependencies: readonly DependencyLink[] = plugin.dependencies,
  ): Promise<StartedInstance> {
    refuseUngranted(plugin, pkg);
    const { manifest } = pkg;
    const present = plugin.configuration as Configuration;
    const configuration = pkg === plugin.package ? present : present.forVersion(manifest);
    const started = await firstEntry(this.#entriesOf(plugin, pkg), {
      plugin: plugin.name,
      attempt: (entry) => this.#startEntry(plugin, { entry, package: pkg, configuration, dependencies }),
      onFallback: ({ carrier, entry }, error) =>
        this.#options.events.emit('fallback', {
          plugin: plugin.name,
          version: manifest.version,
          carrier,
          entry,
          error,
        }),
    });
    try {
      await plugin.follower?.nextTurn();
      await initInstance(plugin, started);
    } catch (error) {
      await started.instance.close();
      throw error;
    }
    return started;
  }

  /** Starts an instance of one entry of a package. */
  async #startEntry(plugin: ManagedPlugin, start: EntryStart): Promise<StartedInstance> {
    const { entry, package: pkg, configuration, dependencies } = start;
    const { manifest } = pkg;
    const { plugin: loaded, limits, calls } = await this.#load(plugin, pkg, entry);
    if (calls === 'sync') refuseThreads(plugin, dependencies);
    await plugin.follower?.nextTurn();
    const { imports } = this.#options;
    const links = this.#options.links();
    const sandbox = this.#sandbox(plugin, { manifest, configuration, limits });
    let instance: CarrierInstance | undefined;
    try {
      instance = await loaded.instantiate({
        imports: {
          ...sandbox.imports,
          ...links.extensionImports(plugin, { manifest, calls }),
          ...dependencyImports(dependencies, (dependency, group) => links.watched(plugin, dependency, group)),
          ...(typeof imports === 'function' ? imports(plugin, manifest) : imports),
        },
        onEnd: () => {
          sandbox.close();
          plugin.onInstanceEnd(instance);
        },
      });
    } catch (error) {
      sandbox.close();
      throw error;
    }
    const { carrier } = entry;
    return { instance, package: pkg, carrier, configuration, limits, dependencies, calls };
  }

  #sandbox(
    plugin: ManagedPlugin,
    facts: Pick<PluginSandboxOptions, 'manifest' | 'configuration' | 'limits'>,
  ): Sandbox {
    const { sandbox, createSandbox: create, events, env, now } = this.#options;
    const settings =
      typeof sandbox === 'function' ? sandbox(plugin, facts.manifest) : settingsFor(plugin, sandbox);
    const publish = this.#options.links().publisherOf(plugin.name);
    return pluginSandbox(plugin, { ...facts, settings, create, events, env, publish, now });
  }

  /** Frees the loaded code of a version of a plugin, or of all its versions; their instances end. */
  async release(plugin: ManagedPlugin, pkg?: PluginPackage): Promise<void> {
    const packages = this.#loaded.get(plugin);
    for (const released of pkg === undefined ? [...(packages?.keys() ?? [])] : [pkg]) {
      const entries = packages?.get(released)?.values() ?? [];
      packages?.delete(released);
      for (const loaded of entries) await (await loaded).plugin.close();
    }
    if (packages?.size === 0) this.#loaded.delete(plugin);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#loaded.keys()].map((plugin) => this.release(plugin)));
    for (const carrier of this.#carriers.values()) await carrier.close();
    await this.#options.isolatedCarrier?.close();
  }

  /** @throws {PluginError} WP_ABI_MISMATCH, or WP_CARRIER if nothing of the package runs here */
  #entriesOf(plugin: ManagedPlugin, { manifest }: PluginPackage): readonly Entry[] {
    const [finding] = hostFindings(manifest, this.#options.versions);
    if (finding !== undefined) {
      throw new PluginError('WP_ABI_MISMATCH', `Cannot load "${plugin.name}": ${finding.message}`, {
        plugin: plugin.name,
      });
    }
    const platform = manifest.platforms.length === 0 ? undefined : this.#options.platform();
    return resolveEntries(manifest, { platform, carriers: this.#carriers.keys() });
  }

  #load(plugin: ManagedPlugin, pkg: PluginPackage, entry: Entry): Promise<Loaded> {
    const packages = getOrMake(this.#loaded, plugin);
    const entries = getOrMake(packages, pkg);
    const isolation = this.#options.isolationOf(plugin, pkg.manifest);
    const key = `${entry.carrier}:${isolation}:${entry.entry}`;
    let loaded = entries.get(key);
    if (loaded === undefined) {
      loaded = this.#loadAnew(plugin, pkg, entry);
      entries.set(key, loaded);
      loaded.catch(() => entries.delete(key));
    }
    return loaded;
  }

  async #loadAnew(
    plugin: ManagedPlugin,
    pkg: PluginPackage,
    { carrier: kind, entry }: Entry,
  ): Promise<Loaded> {
    const { manifest } = pkg;
    const { limits: asLoaded } = plugin;
    const carrier = this.#carrierOf(plugin, manifest, kind);
    const asked = { ...this.#options.limits, ...asLoaded, ...manifest.limits };
    const accepted = [...this.#options.acceptUnheld, ...HELD_BY_HOST];
    refuseUnheldLimits(carrier, asked, { plugin: plugin.name, accepted });
    const limits = this.#limitsOf(carrier, pkg, asLoaded);
    const { id, version } = manifest;
    const { verify } = this.#options;
    const files = verify === undefined ? pkg.files : await verifiedFiles(pkg, verify);
    return {
      limits,
      calls: carrier.calls,
      plugin: await carrier.load({ id, version, entry, files }, { limits }),
    };
  }

  /** @throws {PluginError} WP_CARRIER where it is to run in a thread of its own, and this host has none for it */
  #carrierOf(plugin: ManagedPlugin, manifest: Manifest, kind: CarrierKind): Carrier {
    const carrier = this.#carriers.get(kind) as Carrier;
    if (kind !== 'wasm' || this.#options.isolationOf(plugin, manifest) === 'none') return carrier;
    if (this.#options.isolatedCarrier !== undefined) return this.#options.isolatedCarrier;
    const reason =
      'its isolation is "worker", and this host has no threads; give "engine" as options, in Node, or set isolation to "none"';
    throw new PluginError('WP_CARRIER', `Cannot load "${plugin.name}": ${reason}`, { plugin: plugin.name });
  }

  /** Each may only lower the limits of the one before: carrier, host, caller, manifest. */
  #limitsOf(carrier: Carrier, { manifest }: PluginPackage, asLoaded: Limits): ResolvedLimits {
    const host = resolveLimits(this.#options.limits, {
      base: carrier.limits ?? DEFAULT_LIMITS,
      lowerOnly: carrier.limits !== undefined,
      source: 'the limits of the host',
    });
    const caller = resolveLimits(asLoaded, {
      base: host,
      lowerOnly: true,
      source: `the limits of "${manifest.id}"`,
    });
    const source = `the manifest of "${manifest.id}": $.limits`;
    return resolveLimits(manifest.limits, { base: caller, lowerOnly: true, source });
  }
}

/**
 * A component whose calls return results cannot wait for another one that answers later.
 * @throws {PluginError} WP_DEPENDENCY
 */
function refuseThreads(plugin: ManagedPlugin, dependencies: readonly DependencyLink[]): void {
  const later = dependencies.find(
    ({ plugin: { running } }) => running?.carrier === 'wasm' && running.calls === 'async',
  );
  if (later === undefined) return;
  const { name } = later.plugin;
  const reason = `"${name}", which it needs, runs in a thread of its own and answers later; set the isolation of both to "worker", or of "${name}" to "none"`;
  throw new PluginError('WP_DEPENDENCY', `Cannot load "${plugin.name}": ${reason}`, { plugin: plugin.name });
}

function getOrMake<Key, Inner, Value>(map: Map<Key, Map<Inner, Value>>, key: Key): Map<Inner, Value> {
  let inner = map.get(key);
  if (inner === undefined) map.set(key, (inner = new Map()));
  return inner;
}
