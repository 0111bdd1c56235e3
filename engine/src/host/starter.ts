import {
  CapabilityError,
  covers,
  DEFAULT_LIMITS,
  formatCapability,
  PluginError,
  refuseUnheldLimits,
  resolveLimits,
  type Carrier,
  type CarrierInstance,
  type CarrierPlugin,
  type LimitName,
  type Limits,
  type ResolvedLimits,
} from '@wasm-plugin/abi';
import { resolveEntry, type Manifest, type Platform } from '@wasm-plugin/abi/manifest';
import { hostFindings } from '@wasm-plugin/abi/update';
import type { HostImports } from '../link/index.js';
import type { Sandbox } from '../sandbox/index.js';
import type { Configuration } from './configuration.js';
import { dependencyImports } from './dependency-imports.js';
import { findInterface } from '../reload/index.js';
import type { EventSource } from './host-events.js';
import type { DependencyLink, ManagedPlugin, StartedInstance } from './managed-plugin.js';
import type { PluginPackage } from './plugin-package.js';
import {
  pluginSandbox,
  settingsFor,
  type PluginSandboxOptions,
  type SandboxFactory,
  type SandboxSettings,
} from './plugin-sandbox.js';

/** What instances are started with. */
export interface StarterOptions {
  readonly carriers: readonly Carrier[];
  readonly versions: { readonly engine: string; readonly abi: string };
  readonly events: EventSource;
  readonly limits: Limits;
  /** Limits that a carrier need not hold. */
  readonly acceptUnheld: readonly LimitName[];
  readonly imports: HostImports | ((plugin: ManagedPlugin, manifest: Manifest) => HostImports);
  readonly sandbox: SandboxSettings | ((plugin: ManagedPlugin, manifest: Manifest) => SandboxSettings);
  readonly createSandbox: SandboxFactory;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: () => Platform | undefined;
  readonly now: () => number;
}

/** A package that a carrier has loaded, and what its instances may use. */
interface Loaded {
  plugin: CarrierPlugin;
  limits: ResolvedLimits;
  calls: Carrier['calls'];
}

/** Limits that the host holds itself, whatever the carrier. */
const HELD_BY_HOST: readonly LimitName[] = ['stateBytes', 'logLinesPerSecond'];

const LIFECYCLE = 'wasm-plugin:abi/lifecycle';

/** Turns packages into running instances. */
export class Starter {
  readonly #options: StarterOptions;
  readonly #carriers: ReadonlyMap<string, Carrier>;
  readonly #loaded = new Map<ManagedPlugin, Map<PluginPackage, Promise<Loaded>>>();

  constructor(options: StarterOptions) {
    this.#options = options;
    this.#carriers = new Map(options.carriers.map((carrier) => [carrier.kind, carrier]));
  }

  /**
   * Starts an instance of a version of a plugin and calls its `lifecycle.init`. Changes nothing in the plugin: to put the
   * instance behind its exports is the business of the caller.
   * @param dependencies what it is linked with
   * @throws {PluginError} what is wrong with the version, its carrier or its limits; WP_INIT where it refuses to start
   * @throws {CapabilityError} where a required permission is not granted
   * @throws {ConfigError} where the settings do not fit the version
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
    const loaded = await this.#load(plugin, pkg);
    const { imports } = this.#options;
    const sandbox = this.#sandbox(plugin, { manifest, configuration, limits: loaded.limits });
    let instance: CarrierInstance | undefined;
    try {
      instance = await loaded.plugin.instantiate({
        imports: {
          ...sandbox.imports,
          ...dependencyImports(dependencies),
          ...(typeof imports === 'function' ? imports(plugin, manifest) : imports),
        },
        onEnd: () => {
          sandbox.close();
          plugin.noteEnd(instance);
        },
      });
    } catch (error) {
      sandbox.close();
      throw error;
    }
    const { limits, calls } = loaded;
    const started = { instance, package: pkg, configuration, limits, dependencies, calls };
    try {
      await init(plugin, started);
    } catch (error) {
      await instance.close();
      throw error;
    }
    return started;
  }

  #sandbox(
    plugin: ManagedPlugin,
    own: Pick<PluginSandboxOptions, 'manifest' | 'configuration' | 'limits'>,
  ): Sandbox {
    const { sandbox, createSandbox: create, events, env, now } = this.#options;
    const settings =
      typeof sandbox === 'function' ? sandbox(plugin, own.manifest) : settingsFor(plugin, sandbox);
    return pluginSandbox(plugin, { ...own, settings, create, events, env, now });
  }

  /** Frees what was loaded of a version of a plugin, or of all its versions; their instances end. */
  async release(plugin: ManagedPlugin, pkg?: PluginPackage): Promise<void> {
    const packages = this.#loaded.get(plugin);
    for (const each of pkg === undefined ? [...(packages?.keys() ?? [])] : [pkg]) {
      const loaded = packages?.get(each);
      packages?.delete(each);
      await (await loaded)?.plugin.close();
    }
    if (packages?.size === 0) this.#loaded.delete(plugin);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#loaded.keys()].map((plugin) => this.release(plugin)));
    for (const carrier of this.#carriers.values()) await carrier.close();
  }

  #load(plugin: ManagedPlugin, pkg: PluginPackage): Promise<Loaded> {
    let packages = this.#loaded.get(plugin);
    if (packages === undefined) this.#loaded.set(plugin, (packages = new Map()));
    let loaded = packages.get(pkg);
    if (loaded === undefined) {
      loaded = this.#loadAnew(plugin, pkg);
      packages.set(pkg, loaded);
      loaded.catch(() => packages.delete(pkg));
    }
    return loaded;
  }

  async #loadAnew(plugin: ManagedPlugin, pkg: PluginPackage): Promise<Loaded> {
    const { manifest, files } = pkg;
    const { limits: own } = plugin;
    const [finding] = hostFindings(manifest, this.#options.versions);
    if (finding !== undefined) {
      throw new PluginError('WP_ABI_MISMATCH', `Cannot load "${plugin.name}": ${finding.message}`, {
        plugin: plugin.name,
      });
    }
    const { platform, acceptUnheld } = this.#options;
    const machine = manifest.platforms.length === 0 ? undefined : platform();
    const { carrier: kind, entry } = resolveEntry(manifest, {
      platform: machine,
      carriers: this.#carriers.keys(),
    });
    const carrier = this.#carriers.get(kind) as Carrier;
    const asked = { ...this.#options.limits, ...own, ...manifest.limits };
    refuseUnheldLimits(carrier, asked, { plugin: plugin.name, accepted: [...acceptUnheld, ...HELD_BY_HOST] });
    const limits = this.#limitsOf(carrier, pkg, own);
    const { id, version } = manifest;
    return {
      limits,
      calls: carrier.calls,
      plugin: await carrier.load({ id, version, entry, files }, { limits }),
    };
  }

  /** The host lowers what the carrier allows, the caller what the host allows, the manifest what the caller allows. */
  #limitsOf(carrier: Carrier, { manifest }: PluginPackage, own: Limits): ResolvedLimits {
    const host = resolveLimits(this.#options.limits, {
      base: carrier.limits ?? DEFAULT_LIMITS,
      lowerOnly: carrier.limits !== undefined,
      source: 'the limits of the host',
    });
    const caller = resolveLimits(own, {
      base: host,
      lowerOnly: true,
      source: `the limits of "${manifest.id}"`,
    });
    const source = `the manifest of "${manifest.id}": $.limits`;
    return resolveLimits(manifest.limits, { base: caller, lowerOnly: true, source });
  }
}

function refuseUngranted(plugin: ManagedPlugin, { manifest }: PluginPackage): void {
  for (const { capability, required } of manifest.permissions) {
    if (!required || plugin.grants.some((grant) => covers(grant, capability))) continue;
    const text = formatCapability(capability);
    throw new CapabilityError({ capability: text, lacking: 'host', plugin: plugin.name });
  }
}

async function init(plugin: ManagedPlugin, started: StartedInstance): Promise<void> {
  const { exports } = started.instance;
  for (const name of started.package.manifest.interfaces) {
    if (findInterface(exports, name) !== undefined) continue;
    const reason = `it does not export "${name}", which its manifest promises`;
    const message = `Cannot load "${plugin.name}": ${reason}`;
    throw new PluginError('WP_EXPORT_MISSING', message, { plugin: plugin.name });
  }
  const lifecycle = findInterface(exports, LIFECYCLE);
  if (lifecycle?.['init'] === undefined) return;
  try {
    await lifecycle['init'](started.configuration.settings);
  } catch (error) {
    if (!PluginError.is(error) || error.code !== 'WP_GUEST') throw error;
    const message = `Cannot start "${plugin.name}": it refused: ${error.message}`;
    throw new PluginError('WP_INIT', message, { plugin: plugin.name, cause: error });
  }
}
