import { PluginError } from '@wasm-plugin/abi';
import { openPlugin } from '@wasm-plugin/abi/package';
import { channelOf } from '@wasm-plugin/abi/update';
import { watch, type FileChange, type Watch } from '../../reload/index.node.js';
import { SYSTEM_CLOCK } from '../../reload/index.js';
import type { ManagedPlugin } from '../managed-plugin.js';
import { readPackage, type PluginPackage } from '../plugin-package.js';
import { isServing } from '../plugin-state.js';
import { fingerprintOf } from '../reload-on-change.node.js';
import type { WatchEvent } from '../watch-event.js';
import type { LiveHost } from './live-host.js';
import type { LiveOptions, PluginBuilder } from './live-options.js';

/** A place where a plugin lies, or may lie: a folder or a packed file. Its plugin follows what is there. */
export class LivePlace {
  readonly path: string;
  readonly #host: LiveHost;
  readonly #options: LiveOptions;
  #watch: Watch | undefined;
  #closed = false;
  /** True if what appears is loaded at once. */
  #loads = true;
  /** Package that the host knows of it. */
  #known: { readonly package: PluginPackage; readonly print: string | undefined } | undefined;

  constructor(path: string, host: LiveHost, options: LiveOptions) {
    this.path = path;
    this.#host = host;
    this.#options = options;
  }

  /** The id of its plugin, where it is known. */
  get id(): string | undefined {
    return this.#known?.package.manifest.id;
  }

  /**
   * Makes the plugin known and begins to watch it. What fails is told.
   * @param options.load whether it is loaded too, if the host wants that
   */
  async begin({ load }: { load: boolean }): Promise<void> {
    const { debounceMs, settleMs, pollMs, clock, ignore = [] } = this.#options;
    const { entry, isBuilt } = await this.#sources();
    const entries = entry === undefined ? [] : [`./${entry}`];
    this.#closed = false;
    // Before the first look: what changes meanwhile is taken after it.
    const watching = await watch(this.path, (change) => this.#take(change), {
      // The output of a build is no source.
      ignore: [...(isBuilt ? entries : []), ...ignore],
      keep: isBuilt ? [] : entries,
      ...(debounceMs !== undefined && { debounceMs }),
      ...(settleMs !== undefined && { settleMs }),
      ...(pollMs !== undefined && { pollMs }),
      ...(clock !== undefined && { clock }),
      onError: (error) => this.#problem(error),
    });
    this.#watch = watching;
    this.#loads = load;
    await watching.take();
    this.#loads = true;
    if (this.#closed) await watching.close();
  }

  /** Looks whether anything has changed. */
  look(): void {
    this.#watch?.look();
  }

  /** Takes what is there as if it had just changed, where nothing is known of it. */
  async retake(): Promise<void> {
    await this.#watch?.take();
  }

  /** Ends watching; what runs goes on. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#watch?.close();
  }

  /**
   * Unloads its plugin, after the calls that are on their way, and forgets it.
   * @returns false where it could not, e.g. since others need it; that is told
   */
  async leave(): Promise<boolean> {
    await this.close();
    const known = this.#known;
    if (known === undefined) return true;
    const { id } = known.package.manifest;
    const plugin = this.#pluginOf(id);
    try {
      if (plugin !== undefined && this.#isOurs(plugin) && plugin.state !== 'disabled') {
        await this.#host.settled(id);
        await this.#host.unload(id);
      }
    } catch (error) {
      this.#problem(error);
      return false;
    }
    this.#known = undefined;
    this.#host.forget(known.package);
    if (plugin !== undefined && this.#isOurs(plugin)) this.#host.forget(plugin.package);
    await this.#loadIfWanted(id);
    return true;
  }

  async #sources(): Promise<{ entry: string | undefined; isBuilt: boolean }> {
    try {
      const source = await readPackage(await openPlugin(this.path));
      return { entry: source.manifest.entry, isBuilt: this.#builderOf(source) !== undefined };
    } catch {
      return { entry: undefined, isBuilt: false };
    }
  }

  #builderOf(source: PluginPackage): PluginBuilder | undefined {
    return this.#options.builderOf?.(source);
  }

  async #read(): Promise<PluginPackage> {
    const source = await readPackage(await openPlugin(this.path));
    const builder = this.#builderOf(source);
    return builder === undefined ? source : await readPackage(await builder.build());
  }

  /** @returns whether the change made a difference */
  async #take(change: FileChange): Promise<boolean> {
    if (this.#closed) return false;
    const { clock = SYSTEM_CLOCK } = this.#options;
    const began = clock.now();
    const durationMs = (): number => clock.now() - began;
    const isFirst = change.files.length === 0;
    let pkg: PluginPackage;
    let print: string | undefined;
    if (!isFirst) this.#tell({ kind: 'changed' });
    try {
      pkg = await this.#read();
      print = await fingerprintOf(pkg);
      await change.built();
    } catch (error) {
      this.#failed('build', error);
      return true;
    }
    const id = this.id;
    if (id !== undefined && id !== pkg.manifest.id) await this.#leaveOther();
    const known = this.#known;
    if (known === undefined) {
      await this.#appear(pkg, print);
      return true;
    }
    const plugin = this.#pluginOf(pkg.manifest.id);
    const isSame = print !== undefined && print === known.print;
    if (isSame && plugin?.state !== 'failed' && plugin?.state !== 'dead') {
      if (!isFirst) this.#tell({ kind: 'unchanged', durationMs: durationMs() });
      return false;
    }
    if (isFirst && isSame) return false;
    if (!isFirst) this.#tell({ kind: 'built', durationMs: durationMs(), package: pkg });
    try {
      await this.#replace(pkg, { print, plugin, durationMs });
    } catch (error) {
      this.#failed('reload', error);
    }
    return true;
  }

  /** Another plugin lies here now. */
  async #leaveOther(): Promise<void> {
    const watching = this.#watch;
    this.#watch = undefined;
    await this.leave();
    this.#watch = watching;
    this.#closed = false;
  }

  async #appear(pkg: PluginPackage, print: string | undefined): Promise<void> {
    try {
      this.#known = { package: await this.#add(pkg), print };
    } catch (error) {
      this.#problem(error);
      return;
    }
    if (this.#loads) await this.#loadIfWanted(pkg.manifest.id);
  }

  async #replace(
    pkg: PluginPackage,
    own: { print: string | undefined; plugin: ManagedPlugin | undefined; durationMs: () => number },
  ): Promise<void> {
    const { print, plugin } = own;
    const { id, version } = pkg.manifest;
    const old = (this.#known as { package: PluginPackage }).package;
    const runs = plugin !== undefined && (isServing(plugin.state) || plugin.state === 'dead');
    if (!runs || !this.#isOurs(plugin)) {
      this.#host.forget(old);
      this.#known = { package: await this.#add(pkg), print };
      if (!runs) return await this.#loadIfWanted(id);
    }
    const { update } = this.#host.settingsOf(id);
    const result = await this.#host.reload(id, this.#known?.package === old ? pkg : this.#known?.package, {
      by: 'watch',
      // A change of the files chooses the version.
      channel: channelOf(version),
      ...(update !== undefined && { update }),
      ...(plugin.state === 'dead' && { policy: 'last-good' }),
    });
    this.#known = { package: plugin.package, print };
    this.#host.forget(old);
    this.#tell({ kind: 'reloaded', durationMs: own.durationMs(), ...result });
  }

  /** @returns the package as the host knows it */
  async #add(pkg: PluginPackage): Promise<PluginPackage> {
    const { id, version } = pkg.manifest;
    await this.#host.add(pkg.files);
    const found = this.#host.packages({ id }).find(({ manifest }) => manifest.version === version);
    return found ?? pkg;
  }

  async #loadIfWanted(id: string): Promise<void> {
    const plugin = this.#pluginOf(id);
    if (plugin === undefined || plugin.state === 'disabled' || !this.#host.loadsByItself(id)) return;
    try {
      await this.#host.load(id);
      await this.#loadDependents();
    } catch (error) {
      // Of a plugin that did not start its state tells.
      if (plugin.state !== 'failed') this.#problem(error);
    }
  }

  /** Tries those again that could not start for want of another plugin. */
  async #loadDependents(): Promise<void> {
    for (const { name, id, state, error } of this.#host.list()) {
      const waits = state === 'failed' && PluginError.is(error) && error.code === 'WP_DEPENDENCY';
      if (!waits && (state !== 'registered' || !this.#host.loadsByItself(id))) continue;
      await this.#host.load(name).catch(() => undefined);
    }
  }

  /** Returns whether what runs of a plugin lies here, in whichever version. */
  #isOurs({ package: { files } }: ManagedPlugin): boolean {
    return files.source === this.#known?.package.files.source || files.source === this.path;
  }

  #pluginOf(id: string): ManagedPlugin | undefined {
    return this.#host.list({ id }).find(({ name }) => name === id);
  }

  #failed(what: 'build' | 'reload', error: unknown): void {
    if (this.id === undefined) this.#problem(error);
    else this.#tell({ kind: 'failed', what, error });
  }

  #tell(event: WatchEvent): void {
    const { id } = this;
    if (id !== undefined && !this.#closed) this.#host.emit('watch', { plugin: id, ...event });
  }

  #problem(error: unknown): void {
    this.#host.emit('problem', { source: this.path, error });
  }
}
