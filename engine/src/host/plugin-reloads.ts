import { PluginError, ReloadError } from '@wasm-plugin/abi';
import {
  Reloader,
  sleep,
  SYSTEM_CLOCK,
  type Clock,
  type Following,
  type InstanceFollower,
  type RecoveryResult,
  type ReloadEvent,
  type ReloadOptions,
  type ReloadResult,
  type SavedState,
} from '../reload/index.js';
import type { ManagedPlugin } from './managed-plugin.js';
import type { PluginSet } from './plugin-set.js';
import type { PluginPackage } from './plugin-package.js';
import type { PluginReload, PluginReloadOptions, PluginReloadsOptions } from './plugin-reloads-options.js';
import { dependencyOrder } from './dependency-order.js';
import { followPlugin } from './follow-plugin.js';
import { PluginSubject, type HostedVersion } from './plugin-subject.js';
import { refusalFrom, reloadVerdict, type ReloadVerdict } from './reload-verdict.js';
import { UpdateLog, type LoggedUpdate } from './update-log.js';

/** The state of a plugin that can be reloaded. */
interface Entry {
  readonly subject: PluginSubject;
  readonly reloader: Reloader<HostedVersion>;
  /** Versions of which something may be loaded. */
  readonly packages: Set<PluginPackage>;
  /** Those of the reload that is under way: nothing of them is freed meanwhile. */
  reloading: readonly PluginPackage[];
  /** The last reload that was committed, until it is confirmed. */
  last: LoggedUpdate | undefined;
}

/** Reloads, saves and recovers the plugins of a host. To be closed, before the host or after it. */
export class PluginReloads {
  readonly #host: PluginSet;
  readonly #options: PluginReloadsOptions;
  readonly #clock: Clock;
  readonly #log: UpdateLog;
  readonly #entries = new Map<string, Entry>();
  readonly #stopListening: () => void;
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;
  #endWait = (): void => undefined;
  /** Ends the wait for a time that is set. */
  readonly #whenClosed = new Promise<void>((resolve) => (this.#endWait = resolve));

  constructor(host: PluginSet, options: PluginReloadsOptions = {}) {
    this.#host = host;
    this.#options = options;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#log = new UpdateLog(options.history, this.#clock);
    this.#stopListening = host.on('state', ({ plugin, to }) => {
      if (to !== 'registered' && to !== 'loading' && to !== 'removed') return;
      this.#giveUpWithout(plugin);
      void this.#forget(plugin);
    });
  }

  /**
   * Begins to write the calls of a plugin down, if `recovery` is wanted: as soon as it is loaded, not only with its first
   * reload.
   */
  startRecording(name: string): void {
    this.#entryOf(this.#host.get(name));
  }

  /**
   * Replaces the version of a plugin, as a transaction. Options that are not given come from the manifest of the running
   * version. The handle and its exports stay, so plugins that depend on it do not notice.
   * @throws {PluginError} WP_UPDATE if the update is not compatible; nothing was touched. WP_NOT_FOUND
   * @throws {ReloadError} WP_RELOAD, naming the step; the old version serves
   */
  reload(name: string, to?: PluginReload['to'], options: PluginReloadOptions = {}): Promise<ReloadResult> {
    return this.#reload({ name, ...(to !== undefined && { to }) }, options, new Map());
  }

  /**
   * Reloads several plugins, each after those its new version depends on; all are judged before the first is touched. If one
   * fails, those before it are rolled back: the old versions get the calls made since by the rule of `CatchUp`.
   * @throws {PluginError} as `reload`
   */
  async reloadAll(
    reloads: readonly PluginReload[],
    options: PluginReloadOptions = {},
  ): Promise<ReloadResult[]> {
    const together = new Map(reloads.map((reload) => [reload.name, this.#packageOf(reload)]));
    const wanted = new Map([...together].map(([name, pkg]) => [this.#host.get(name), pkg]));
    const all = this.#host.list();
    const order = dependencyOrder(wanted, (id) => all.find(({ name }) => name === id));
    for (const plugin of order) {
      const to = wanted.get(plugin) as PluginPackage;
      this.#judge(plugin, to, { options: { ...this.#settingsOf(plugin, to), ...options }, together });
    }
    const done: ReloadResult[] = [];
    try {
      for (const { name } of order) {
        const to = together.get(name) as PluginPackage;
        done.push(await this.#reload({ name, to }, options, together));
      }
    } catch (error) {
      for (const { name } of order.slice(0, done.length).toReversed()) {
        const entry = this.#entries.get(name);
        if (entry?.reloader.confirming === true) await entry.reloader.rollBack(error);
      }
      throw error;
    }
    return done;
  }

  /**
   * Judges a reload without touching anything: returns the reasons against it, warnings, and the versions in between that the
   * state goes through.
   * @throws {PluginError} WP_NOT_FOUND
   * @throws {ReloadError} WP_RELOAD if the manifest does not let the plugin be reloaded
   */
  plan(name: string, to?: PluginReload['to'], options: PluginReloadOptions = {}): ReloadVerdict {
    const plugin = this.#host.get(name);
    const wanted = this.#packageOf({ name, ...(to !== undefined && { to }) });
    return this.#verdict(plugin, wanted, { options: { ...this.#settingsOf(plugin, wanted), ...options } });
  }

  /** The plugin of a name. @throws {PluginError} WP_NOT_FOUND */
  pluginOf(name: string): ManagedPlugin {
    return this.#host.get(name);
  }

  /** Brings the version back that ran before the last reload. @throws {ReloadError} WP_RELOAD if it is gone */
  rollBack(name: string, reason?: unknown): Promise<void> {
    return this.#entryOf(this.#host.get(name)).reloader.rollBack(reason);
  }

  /** Ends the confirm window of a plugin: the old version cannot come back any more. */
  confirm(name: string): void {
    this.#entries.get(name)?.reloader.confirm();
  }

  /** Returns whether the version before the last reload can still come back. */
  isConfirming(name: string): boolean {
    return this.#entries.get(name)?.reloader.confirming ?? false;
  }

  /** Settles once the calls of a plugin that are on their way are answered, and an old version that comes back is back. */
  async settled(name: string): Promise<void> {
    await this.#entries.get(name)?.reloader.settled();
  }

  /** Saves the state of a plugin, in memory and in the store. @throws {PluginError} why it cannot be saved */
  save(name: string): Promise<SavedState | undefined> {
    return this.#entryOf(this.#host.get(name)).reloader.save();
  }

  /** Starts a plugin that died anew, from its last good state. @throws {PluginError} why it cannot start */
  recover(name: string): Promise<RecoveryResult> {
    const plugin = this.#host.get(name);
    this.#refuseClosed(name);
    return this.#whileOpen(plugin, () => this.#entryOf(plugin).reloader.recover());
  }

  /**
   * Has somebody follow the instances of a plugin, until it is unloaded. Ends a confirm window.
   * @throws {PluginError} WP_NOT_FOUND; WP_LIFECYCLE if it does not run, or is followed already
   */
  async follow(name: string, follower: InstanceFollower): Promise<Following> {
    const plugin = this.#host.get(name);
    this.#refuseClosed(name);
    await this.#whileOpen(plugin, () => followPlugin(plugin, follower, () => this.confirm(name)));
    return {
      rollBackNow: (reason) => this.#entries.get(name)?.reloader.rollBackNow(reason)?.instance,
      close: () => {
        if (plugin.follower === follower) plugin.follower = undefined;
      },
    };
  }

  /** Forgets old versions and states in memory, after the reloads that have begun; those that wait for a time are refused. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#endWait();
    this.#stopListening();
    for (const { reloader } of this.#entries.values()) reloader.endTrials(closed());
    await Promise.allSettled(this.#running);
    await Promise.all([...this.#entries.keys()].map((name) => this.#forget(name)));
  }

  async #reload(
    wanted: PluginReload,
    options: PluginReloadOptions,
    together: ReadonlyMap<string, PluginPackage>,
  ): Promise<ReloadResult> {
    const plugin = this.#host.get(wanted.name);
    const to = this.#packageOf(wanted);
    const { strategy, ...rest } = { ...this.#settingsOf(plugin, to), ...options };
    if (strategy?.kind === 'scheduled')
      await Promise.race([
        sleep(this.#clock, Math.max(0, strategy.at - this.#clock.now())),
        this.#whenClosed,
      ]);
    this.#refuseClosed(wanted.name);
    return await this.#whileOpen(plugin, async () => {
      const { update, via } = this.#judge(plugin, to, { options: rest, together });
      const entry = this.#entryOf(plugin);
      if (this.#closed) entry.reloader.endTrials(closed());
      entry.reloading = [plugin.package, to, ...via];
      for (const loaded of entry.reloading) entry.packages.add(loaded);
      if (plugin.state === 'ready') plugin.become('reloading');
      try {
        const now = strategy?.kind === 'scheduled' ? undefined : strategy;
        const result = await entry.reloader.reload(() => entry.subject.start(to), {
          ...rest,
          ...(now !== undefined && { strategy: now }),
          via: via.map((between) => () => entry.subject.start(between)),
        });
        entry.last = update;
        this.#log.done(update, result);
        return result;
      } catch (error) {
        this.#log.ended(update, 'failed', error);
        throw error;
      } finally {
        entry.reloading = [];
        if (plugin.state === 'reloading') plugin.become('ready');
        await this.#tidy(entry);
      }
    });
  }

  /** Does something alone with a plugin, which `close` waits for. */
  async #whileOpen<T>(plugin: ManagedPlugin, work: () => Promise<T>): Promise<T> {
    const running = plugin.exclusively(work);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  #refuseClosed(plugin: string): void {
    if (!this.#closed) return;
    throw new PluginError('WP_CLOSED', `Cannot reload "${plugin}": what reloads it is closed`, { plugin });
  }

  /** @throws {PluginError} WP_UPDATE, which is written down */
  #judge(
    plugin: ManagedPlugin,
    to: PluginPackage,
    request: { options: PluginReloadOptions; together: ReadonlyMap<string, PluginPackage> },
  ): { update: LoggedUpdate; via: readonly PluginPackage[] } {
    const { name, version: from } = plugin;
    const { by = 'api' } = request.options;
    const update = this.#log.begin({ plugin: name, by, from, to: to.manifest.version });
    const verdict = this.#verdict(plugin, to, request);
    if (verdict.allowed) return { update, via: verdict.via };
    const refusal = refusalFrom(plugin, to, verdict);
    this.#log.ended(update, 'refused', refusal);
    throw refusal;
  }

  #verdict(
    plugin: ManagedPlugin,
    to: PluginPackage,
    request: { options: PluginReloadOptions; together?: ReadonlyMap<string, PluginPackage> },
  ): ReloadVerdict {
    const migrations = this.#options.migrations?.(plugin.name) ?? [];
    return reloadVerdict(plugin, to, { ...request, host: this.#host, migrations });
  }

  /** Returns the options of a reload that the manifest gives. */
  #settingsOf(plugin: ManagedPlugin, to: PluginPackage): ReloadOptions {
    const { enabled, strategy, policy, confirmCalls: calls, confirmMs: ms } = plugin.manifest.reload;
    if (!enabled && to !== plugin.package) {
      const reason = 'its manifest does not let it be reloaded ("reload.enabled")';
      throw new ReloadError({ step: 'prepare', reason, plugin: plugin.name });
    }
    return { policy, confirm: { calls, ms }, strategy: { kind: strategy } };
  }

  #packageOf({ name, to }: PluginReload): PluginPackage {
    const plugin = this.#host.get(name);
    if (typeof to === 'object') return to;
    if (to === undefined || to === plugin.version) return plugin.package;
    const found = this.#host.packages({ id: plugin.id }).find(({ manifest }) => manifest.version === to);
    if (found !== undefined) return found;
    throw new PluginError('WP_NOT_FOUND', `Cannot reload "${name}": there is no version ${to}`, {
      plugin: name,
    });
  }

  #entryOf(plugin: ManagedPlugin): Entry {
    const { name } = plugin;
    let entry = this.#entries.get(name);
    if (entry !== undefined) return entry;
    const { migrations, onEvent: _, ...options } = this.#options;
    const subject = new PluginSubject(this.#host, plugin);
    const reloader = new Reloader(subject, {
      ...options,
      migrations: migrations?.(name) ?? [],
      onEvent: (event) => this.#onEvent(name, event),
    });
    plugin.onEnding = () => reloader.endTrials(new Error('the plugin is to end'));
    if (plugin.isEnding) plugin.onEnding();
    entry = { subject, reloader, packages: new Set(), reloading: [], last: undefined };
    this.#entries.set(name, entry);
    return entry;
  }

  #onEvent(name: string, event: ReloadEvent): void {
    const entry = this.#entries.get(name);
    if (entry !== undefined && (event.kind === 'confirmed' || event.kind === 'rolled-back')) {
      if (event.kind === 'rolled-back' && entry.last !== undefined)
        this.#log.ended(entry.last, 'rolled-back', event.reason);
      entry.last = undefined;
      // The window closes with this event: the versions that it held can go.
      queueMicrotask(() => void this.#tidy(entry));
    }
    this.#options.onEvent?.({ plugin: name, ...event });
  }

  /** Frees versions that neither serve nor can come back. */
  async #tidy(entry: Entry): Promise<void> {
    const { subject, reloader, packages } = entry;
    for (const pkg of packages) {
      // Looked at anew after each wait: another reload may have begun.
      const kept = [subject.plugin.package, reloader.rollbackPoint?.started.package, ...entry.reloading];
      if (kept.includes(pkg)) continue;
      packages.delete(pkg);
      await this.#host.release(subject.plugin.name, pkg);
    }
  }

  /** A version whose dependency has ended cannot come back. */
  #giveUpWithout(name: string): void {
    for (const { reloader } of this.#entries.values()) {
      const needs = reloader.rollbackPoint?.started.dependencies ?? [];
      if (needs.some(({ plugin, optional }) => plugin.name === name && !optional)) reloader.confirm();
    }
  }

  async #forget(name: string): Promise<void> {
    const entry = this.#entries.get(name);
    this.#entries.delete(name);
    await entry?.reloader.close();
  }
}

function closed(): Error {
  return new Error('what reloads the plugin is closed');
}
