import { createUpdateHistory, type UpdateHistory, type UpdateRecord } from '@wasm-plugin/abi/update';
import {
  checkHealth,
  SYSTEM_CLOCK,
  type Following,
  type InstanceFollower,
  type RecoveryResult,
  type ReloadResult,
  type SavedState,
} from '../reload/index.js';
import type { KeysOf } from '../runtime/index.js';
import { EventBus, PluginSubscriptions } from './bus/index.js';
import { ExtensionPoints, type ExtensionPoint } from './extensions/index.js';
import { Life } from './life/index.js';
import type { ManagedPlugin, StartedInstance } from './managed-plugin.js';
import type { PluginHostOptions } from './plugin-host-options.js';
import {
  diagnose,
  HostMetrics,
  metricsText,
  RecentEvents,
  type Diagnosis,
  type PluginMetrics,
  type RecordedEvent,
} from './metrics/index.js';
import type { PluginReload, PluginReloadOptions } from './plugin-reloads-options.js';
import { isServing } from './plugin-state.js';
import type { CallObserver } from './stable-exports.js';
import { PluginReloads } from './plugin-reloads.js';
import { PluginSet } from './plugin-set.js';
import type { ReloadVerdict } from './reload-verdict.js';
import { Supervisor } from './supervisor.js';

/** The options of a host. */
export const PLUGIN_HOST_OPTIONS: KeysOf<PluginHostOptions> = {
  carriers: true,
  limits: true,
  acceptUnheld: true,
  plugins: true,
  autoLoad: true,
  isolatedCarrier: true,
  grants: true,
  env: true,
  imports: true,
  sandbox: true,
  createSandbox: true,
  platform: true,
  verify: true,
  concurrency: true,
  now: true,
  reload: true,
  supervise: true,
  store: true,
  stopMs: true,
  metrics: true,
  bus: true,
  extensions: true,
  clock: true,
};

/** A host of plugins: finds and loads them, reloads them with their state, and starts anew those that die. To be closed. */
export class PluginHost extends PluginSet {
  readonly #reloads: PluginReloads;
  readonly #supervisor: Supervisor | undefined;
  /** Events between plugins and the host, by topic. */
  readonly bus: EventBus;
  readonly #extensions: ExtensionPoints;
  readonly #life: Life;
  readonly #metrics = new HostMetrics();
  readonly #recent: RecentEvents;
  readonly #history: UpdateHistory;
  readonly #isCounted: boolean;
  #closing: Promise<void> | undefined;

  constructor(given: PluginHostOptions) {
    const {
      reload = {},
      supervise = false,
      store,
      stopMs,
      clock,
      metrics = false,
      bus,
      extensions = {},
      ...options
    } = given;
    const time = clock === undefined ? {} : { clock };
    super({ ...(clock !== undefined && { now: () => clock.now() }), ...options });
    this.#isCounted = metrics;
    this.#recent = new RecentEvents(() => (clock ?? SYSTEM_CLOCK).wallNow());
    this.#recent.follow(this);
    this.#metrics.follow(this);
    this.bus = new EventBus({
      ...bus,
      clock: clock ?? SYSTEM_CLOCK,
      onListenerError: (error) => this.emit('problem', { source: 'a subscriber of the host', error }),
    });
    this.#extensions = new ExtensionPoints(this, {
      clock: clock ?? SYSTEM_CLOCK,
      bounds: extensions,
      onBreaker: (event) => this.emit('extension', event),
    });
    this.links = {
      publisherOf: (name) =>
        this.bus.publisher(name, (fault) => this.emit('bus', { plugin: name, ...fault })),
      extensionImports: (plugin, facts) => this.#extensions.importsFor(plugin, facts),
      watched: (plugin, dependency, group) => this.#extensions.watched(plugin, dependency, group),
    };
    this.#history = reload.history ?? createUpdateHistory();
    this.#reloads = new PluginReloads(this, {
      ...time,
      ...(store !== undefined && { store }),
      ...reload,
      history: this.#history,
      onEvent: (event) => {
        reload.onEvent?.(event);
        this.emit('reload', event);
      },
    });
    this.#life = new Life({
      clock: clock ?? SYSTEM_CLOCK,
      store: reload.store ?? store,
      stopMs,
      carryOf: ({ name }) => ({ migrations: reload.migrations?.(name) ?? [], budget: reload.budget ?? {} }),
      emit: (plugin, event) => this.emit('life', { plugin, ...event }),
    });
    this.#followLife();
    this.#followBus();
    this.#followExtensions();
    if (supervise === false) return;
    const settings = supervise === true ? {} : supervise;
    const supervisor = new Supervisor(this, this.#reloads, {
      ...time,
      ...settings,
      onEvent: (event) => {
        settings.onEvent?.(event);
        this.emit('supervision', event);
      },
    });
    this.#supervisor = supervisor;
    this.on('state', ({ plugin, to }) => {
      if (to === 'ready' && this.#closing === undefined) supervisor.watch(plugin);
    });
  }

  /**
   * Replaces the version of a plugin, as a transaction: the old version serves until the new one has the state and is healthy.
   * Options that are not given come from the manifest of the running version. The handle and its exports stay.
   * @param to a version that is known, or a package.
   * @default the version that runs, in a fresh instance
   * @throws {PluginError} WP_UPDATE if the update is not compatible; nothing was touched. WP_NOT_FOUND
   * @throws {ReloadError} WP_RELOAD, naming the step; the old version serves
   */
  reload(name: string, to?: PluginReload['to'], options: PluginReloadOptions = {}): Promise<ReloadResult> {
    return this.#reloads.reload(name, to, options);
  }

  /**
   * Reloads several plugins, each after those its new version depends on. If one fails, those before it are rolled back.
   * @throws {PluginError} as `reload`
   */
  reloadAll(reloads: readonly PluginReload[], options: PluginReloadOptions = {}): Promise<ReloadResult[]> {
    return this.#reloads.reloadAll(reloads, options);
  }

  /**
   * Judges a reload without touching anything: returns the reasons against it, warnings, and the versions in between that the
   * state goes through.
   * @throws {PluginError} WP_NOT_FOUND
   * @throws {ReloadError} WP_RELOAD if the manifest does not let the plugin be reloaded
   */
  plan(name: string, to?: PluginReload['to'], options: PluginReloadOptions = {}): ReloadVerdict {
    return this.#reloads.plan(name, to, options);
  }

  /** Brings the version back that ran before the last reload. @throws {ReloadError} WP_RELOAD if it is gone */
  rollBack(name: string, reason?: unknown): Promise<void> {
    return this.#reloads.rollBack(name, reason);
  }

  /** Ends the confirm window of a plugin: the version before the last reload cannot come back any more. */
  confirm(name: string): void {
    this.#reloads.confirm(name);
  }

  /** Returns whether the version before the last reload can still come back. */
  isConfirming(name: string): boolean {
    return this.#reloads.isConfirming(name);
  }

  /** Settles once the calls of a plugin that are on their way are answered, and an old version that comes back is back. */
  settled(name: string): Promise<void> {
    return this.#reloads.settled(name);
  }

  /** Saves the state of a plugin, in memory and in the store. @throws {PluginError} why it cannot be saved */
  save(name: string): Promise<SavedState | undefined> {
    return this.#reloads.save(name);
  }

  /** Starts a plugin that died anew, from its last good state. @throws {PluginError} why it cannot start */
  recover(name: string): Promise<RecoveryResult> {
    return this.#reloads.recover(name);
  }

  /**
   * Has somebody follow the instances of a plugin beside its exports, as `openReloadableLane` does: each new instance is
   * prepared before a state comes to it, and taken with the swap. Ends the confirm window of a reload; ends when the plugin is
   * unloaded. At most one follower a plugin.
   * @throws {PluginError} WP_NOT_FOUND; WP_LIFECYCLE if the plugin does not run, or is followed already
   */
  follow(name: string, follower: InstanceFollower): Promise<Following> {
    return this.#reloads.follow(name, follower);
  }

  /** Returns whether supervision has given a plugin up: it stays dead until `revive`. */
  isQuarantined(name: string): boolean {
    return this.#supervisor?.isQuarantined(name) ?? false;
  }

  /** Lets a plugin out of quarantine, and starts it anew. Does nothing if it is in none. */
  async revive(name: string): Promise<void> {
    await this.#supervisor?.release(name);
  }

  /**
   * Returns the plugins that offer an interface, as one: the first that answers, all, or a chain. They are those that are loaded and
   * whose manifests promise the interface, by the `priority` of their settings, at each call anew.
   * @example
   * const line = await host.extensions('acme:lyrics/source@1.0.0').first('find', ['Blue in Green']);
   */
  extensions(name: string): ExtensionPoint {
    return this.#extensions.point(name);
  }

  /** Counts of each plugin. Calls are counted with the option `metrics` alone. */
  metrics(): PluginMetrics[] {
    return this.list().map((plugin) => this.#metrics.of(plugin));
  }

  /** Returns the counts in the text format of Prometheus. */
  metricsText(): string {
    return metricsText(this.metrics());
  }

  /**
   * Collects what is known of a plugin, for who looks for a fault in it: limits near their end, last errors, events and log
   * lines, and what can be done.
   * @throws {PluginError} WP_NOT_FOUND
   */
  diagnose(name: string): Diagnosis {
    const plugin = this.get(name);
    const [events, logs] = [this.#recent.of(name), this.#recent.logs(name)];
    return diagnose(plugin, { isQuarantined: this.isQuarantined(name), events, logs });
  }

  /** Returns the last log lines of a plugin, or of all, the oldest first. */
  logs(name?: string): readonly RecordedEvent[] {
    return this.#recent.logs(name);
  }

  /** Returns the reloads of a plugin, or of all, the newest last. */
  history(name?: string): readonly UpdateRecord[] {
    return this.#history.records(name);
  }

  /** Asks a plugin whether it can do its work. @throws {PluginError} WP_NOT_FOUND */
  async checkHealth(name: string): Promise<{ healthy: boolean; reason: string | undefined }> {
    const { instance, state } = this.get(name);
    if (instance === undefined || !isServing(state)) return { healthy: false, reason: `it is ${state}` };
    try {
      await checkHealth(instance);
      return { healthy: true, reason: undefined };
    } catch (error) {
      return { healthy: false, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /**
   * Ends supervision, then reloads: trials and reloads that have begun end first. Then it ends every plugin, dependents before
   * their dependencies, and the carriers. Calling it again returns the same promise.
   */
  override close(): Promise<void> {
    return (this.#closing ??= this.#end());
  }

  protected override observerOf(name: string): CallObserver | undefined {
    if (!this.#isCounted) return undefined;
    return (path, target) => this.#metrics.observe(name, path, target);
  }

  protected override begin(plugin: ManagedPlugin, started: StartedInstance): Promise<void> {
    return this.#life.begin(plugin, started);
  }

  protected override end(plugin: ManagedPlugin, started: StartedInstance): Promise<void> {
    return this.#life.end(plugin, started);
  }

  #followLife(): void {
    this.on('state', ({ plugin, from, to }) => {
      if (to === 'ready' && from === 'loading') this.#life.tick(this.get(plugin));
      if (to === 'removed' || to === 'registered') this.#life.hush(plugin);
    });
    this.on('swapped', ({ plugin }) => {
      this.#life.tick(this.get(plugin));
      // A version that refuses to start is taken back, where the one before it can come back.
      this.#life.succeed(this.get(plugin)).catch((error: unknown) => {
        if (this.isConfirming(plugin)) this.rollBack(plugin, error).catch(() => undefined);
      });
    });
  }

  #followBus(): void {
    const subscriptions = new PluginSubscriptions({
      bus: this.bus,
      onFault: (plugin, fault) => this.emit('bus', { plugin, ...fault }),
    });
    this.on('swapped', ({ plugin }) => subscriptions.begin(this.get(plugin)));
    this.on('state', ({ plugin, to }) => {
      if (to === 'ready') subscriptions.begin(this.get(plugin));
      // One that died or is being reloaded goes on with its queue.
      else if (!['dead', 'loading', 'reloading'].includes(to)) subscriptions.end(plugin);
    });
  }

  #followExtensions(): void {
    const points = this.#extensions;
    this.on('state', ({ plugin, to }) => {
      points.look();
      if (to === 'removed' || to === 'registered') points.forget(plugin);
    });
    this.on('swapped', ({ plugin, from, to }) => {
      points.look();
      // A version that is started anew has failed as before.
      if (from !== to) points.reset(plugin);
    });
  }

  async #end(): Promise<void> {
    this.bus.close();
    this.#supervisor?.close();
    await this.#reloads.close();
    await super.close();
  }
}
