import {
  PluginError,
  type Capability,
  type CarrierInstance,
  type CarrierKind,
  type LimitName,
  type Limits,
  type ResolvedLimits,
} from '@wasm-plugin/abi';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import type { Configuration } from './configuration.js';
import type { PluginPackage } from './plugin-package.js';
import { canBecome, isServing, type PluginState } from './plugin-state.js';
import { StableExports, type CallObserver, type Exports } from './stable-exports.js';
import type { InstanceFollower } from '../reload/index.js';
import { SerialQueue } from '../runtime/index.js';

/** A dependency on another plugin that is loaded. */
export interface DependencyLink {
  readonly plugin: ManagedPlugin;
  readonly optional: boolean;
}

/** A started instance, with its sources: `swap` puts it behind a plugin, and returns the old one. */
export interface StartedInstance {
  readonly instance: CarrierInstance;
  readonly package: PluginPackage;
  /** The carrier of the first entry of the manifest that could be started. */
  readonly carrier: CarrierKind;
  /** The settings that it was started with, and that it reads. */
  readonly configuration: Configuration;
  /** Its limits. */
  readonly limits: ResolvedLimits;
  /** Dependencies that it was linked with. */
  readonly dependencies: readonly DependencyLink[];
  /** `sync`: its functions return results. `async`: they return promises. */
  readonly calls: 'sync' | 'async';
}

/** Listener of a plugin's changes. */
export interface ManagedPluginListener {
  onState(plugin: ManagedPlugin<object>, change: { from: PluginState; to: PluginState }): void;
  onSwap(plugin: ManagedPlugin<object>, change: { from: string; to: string }): void;
  /** Returns the function that observes the calls of a plugin; `undefined` if nobody does. */
  observerOf?(name: string): CallObserver | undefined;
}

/**
 * A plugin of a host, whichever version of it runs: the handle that callers keep. `exports` and the functions in it stay
 * the same for the life of the handle, while `swap` puts other instances behind them.
 * @typeParam Own the type of its `exports`
 */
export class ManagedPlugin<Own extends object = Exports> {
  /** The id, or `id@version` for a version that runs beside another. Unique in its host. */
  readonly name: string;
  /** Capabilities that the host grants it. */
  grants: readonly Capability[] = [];
  /** Dependencies of the running version. */
  dependencies: readonly DependencyLink[] = [];
  /** Limits that it was loaded with, below those of the host. */
  limits: Limits = {};
  /** Its settings; `undefined` before it is loaded or configured for the first time. */
  configuration: Configuration | undefined;
  /** True if somebody waits to end it. */
  isEnding = false;
  /** Told when somebody begins to wait for that. */
  onEnding: (() => void) | undefined;
  /** Follows its instances; taken away when it is unloaded. */
  follower: InstanceFollower | undefined;
  readonly #listener: ManagedPluginListener;
  readonly #exports: StableExports;
  #package: PluginPackage;
  #state: PluginState = 'registered';
  #running: StartedInstance | undefined;
  #error: unknown;
  readonly #queue = new SerialQueue();

  constructor(name: string, pkg: PluginPackage, listener: ManagedPluginListener) {
    this.name = name;
    this.#package = pkg;
    this.#listener = listener;
    const observe = listener.observerOf?.(name);
    this.#exports = new StableExports((path) => this.#refuse(path), observe);
  }

  get id(): string {
    return this.#package.manifest.id;
  }

  /** The version that runs, or would run if it were loaded. */
  get version(): string {
    return this.#package.manifest.version;
  }

  get manifest(): Manifest {
    return this.#package.manifest;
  }

  /** The files of the version that runs. */
  get package(): PluginPackage {
    return this.#package;
  }

  get state(): PluginState {
    return this.#state;
  }

  /** The cause of `failed` or `dead`. */
  get error(): unknown {
    return this.#error;
  }

  /** The serving instance, for tasks beyond the stable exports, e.g. `openLane`. Another one after each swap. */
  get instance(): CarrierInstance | undefined {
    return this.#running?.instance;
  }

  /**
   * Its exports. Callers can keep them: the object stays the same across reloads. A call throws `WP_LIFECYCLE` while nothing runs.
   * @see StableExports
   */
  get exports(): Own {
    return this.#exports.object as object as Own;
  }

  /** The serving instance, with its sources. */
  get running(): StartedInstance | undefined {
    return this.#running;
  }

  /** Use of the present instance, by the name of the limit. */
  usage(): Readonly<Partial<Record<LimitName, number>>> {
    return this.instance?.usage() ?? {};
  }

  /**
   * Puts another instance behind the exports, with its version, settings and dependencies: the next call goes to it, a running
   * call ends where it is. The old one is not closed, and is returned: it can be swapped in again. Synchronous, so it falls
   * between two calls.
   *
   * Does not change the state, and asks nothing of either instance; the code that reloads does.
   * @param next the result of `PluginSet.prepare`, or `undefined` to refuse calls
   */
  swap(next: StartedInstance | undefined): StartedInstance | undefined {
    const old = this.#running;
    const from = this.version;
    if (next !== undefined) {
      const { id } = next.package.manifest;
      if (id !== this.id)
        throw new TypeError(`Cannot swap the instance of "${this.id}": "${id}" is another plugin`);
    }
    // First, as it may refuse an instance that was not prepared.
    this.follower?.swap(next?.instance);
    if (next === undefined) this.follower = undefined;
    else {
      this.#package = next.package;
      this.configuration = next.configuration;
      this.dependencies = next.dependencies;
    }
    this.#running = next;
    this.#exports.retarget(next?.instance.exports);
    if (old !== undefined && next !== undefined) this.#listener.onSwap(this, { from, to: this.version });
    return old;
  }

  /**
   * Sends calls elsewhere for a while: to exports that count them, or that divide them between two instances. The next `swap`
   * ends it.
   * @param exports objects of functions like those of an instance; `undefined` for those of the present instance
   */
  route(exports: Exports | undefined): void {
    this.#exports.retarget(exports ?? this.instance?.exports);
  }

  /** Goes to another state. @throws {PluginError} WP_LIFECYCLE if it cannot */
  become(to: PluginState, error?: unknown): void {
    const from = this.#state;
    if (!canBecome(from, to)) {
      throw new PluginError('WP_LIFECYCLE', `Cannot make "${this.name}" ${to}: it is ${from}`, {
        plugin: this.name,
      });
    }
    this.#state = to;
    this.#error = error;
    this.#listener.onState(this, { from, to });
  }

  /** Notes that an instance has ended; if it is the one that serves, the plugin is dead. */
  onInstanceEnd(instance: CarrierInstance | undefined): void {
    if (instance === undefined || instance !== this.instance || !isServing(this.#state)) return;
    this.become('dead', instance.death);
  }

  /** Runs one thing at a time: load, unload, reload and configure never overlap. */
  exclusively<T>(work: () => T | Promise<T>): Promise<T> {
    return this.#queue.run(work);
  }

  /** Runs the end of a plugin, as `exclusively` does; work in progress is told not to wait for anything. */
  async ending(work: () => Promise<void>): Promise<void> {
    this.isEnding = true;
    this.onEnding?.();
    try {
      await this.exclusively(work);
    } finally {
      this.isEnding = false;
    }
  }

  /** Starts from another version when it is loaded next. */
  selectVersion(pkg: PluginPackage): void {
    this.#package = pkg;
  }

  #refuse(path: string): never {
    if (this.#running !== undefined) {
      const reason = `version ${this.version} of "${this.name}" has no export "${path}"`;
      throw new PluginError('WP_EXPORT_MISSING', `Cannot call "${path}": ${reason}`, { plugin: this.name });
    }
    throw new PluginError('WP_LIFECYCLE', `Cannot call "${path}": "${this.name}" is ${this.#state}`, {
      plugin: this.name,
      cause: this.#error,
    });
  }
}
