import type { CarrierInstance } from '@wasm-plugin/abi';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import { satisfies } from '@wasm-plugin/abi/version';
import type { Exports, ReloadSubject, RunningVersion } from '../reload/index.js';
import { nextTurn } from '../runtime/index.js';
import type { DependencyLink, ManagedPlugin, StartedInstance } from './managed-plugin.js';
import type { PluginSet } from './plugin-set.js';
import type { PluginPackage } from './plugin-package.js';

/** A version of a plugin of a host, as a reload sees it. */
export interface HostedVersion extends RunningVersion {
  readonly instance: CarrierInstance;
  readonly started: StartedInstance;
}

/** A plugin of a host, as a subject of reloads. */
export class PluginSubject implements ReloadSubject<HostedVersion> {
  readonly plugin: ManagedPlugin;
  readonly #host: PluginSet;
  #current: HostedVersion | undefined;

  constructor(host: PluginSet, plugin: ManagedPlugin) {
    this.#host = host;
    this.plugin = plugin;
  }

  get id(): string {
    return this.plugin.name;
  }

  get calls(): 'sync' | 'async' {
    return this.plugin.running?.calls ?? 'sync';
  }

  current(): HostedVersion | undefined {
    const { running } = this.plugin;
    if (running === undefined) return undefined;
    if (this.#current?.started !== running) this.#current = versionFrom(running);
    return this.#current;
  }

  swap(next: HostedVersion): void {
    this.#current = next;
    this.plugin.swap(next.started);
    // Its instance died, and another one is in its place before anybody could call it.
    if (this.plugin.state === 'dead') this.plugin.become('ready');
  }

  route(exports: Exports | undefined): void {
    this.plugin.route(exports);
  }

  nextTurn(): Promise<void> {
    return this.plugin.follower?.nextTurn() ?? nextTurn();
  }

  restart(version: HostedVersion): Promise<HostedVersion> {
    return this.#prepare(version.started.package, version.started.dependencies);
  }

  /** Starts an instance of a version; it serves nobody yet. */
  start(pkg: PluginPackage): Promise<HostedVersion> {
    return this.#prepare(pkg);
  }

  async #prepare(pkg: PluginPackage, dependencies?: readonly DependencyLink[]): Promise<HostedVersion> {
    return versionFrom(await this.#host.prepare(this.plugin.name, pkg, dependencies));
  }
}

/** Returns a started instance as a version that states can be carried to. */
export function versionFrom(started: StartedInstance): HostedVersion {
  const { manifest } = started.package;
  const accepts = acceptsOf(manifest);
  const { stateBytes } = started.limits;
  return { started, instance: started.instance, version: manifest.version, accepts, stateBytes };
}

/** Returns the state formats that a version accepts, according to its manifest. */
function acceptsOf({ state }: Manifest): RunningVersion['accepts'] {
  if (state === undefined) return undefined;
  return ({ schema, version }) => state.restores.includes(schema) && satisfies(version, state.versions);
}
