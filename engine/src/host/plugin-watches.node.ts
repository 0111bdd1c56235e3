import { stat } from 'node:fs/promises';
import { PluginError } from '@wasm-plugin/abi';
import type { Watch } from '../reload/index.node.js';
import type { PluginPackage } from './plugin-package.js';
import type { PluginHost } from './plugin-host.js';
import { reloadOnChange, type ReloadOnChangeOptions } from './reload-on-change.node.js';

/** Options of the watch of one plugin. */
export interface WatchPluginOptions extends ReloadOnChangeOptions {
  /**
   * The plugin, or its source folder if `build` makes it. With a path the plugin need not be known yet: the first version
   * that can be built is started. @default where the version that runs lies
   */
  readonly path?: string;
}

/** The watches of a host: at most one for each plugin. A watch ends with its plugin. */
export class PluginWatches {
  readonly #host: PluginHost;
  readonly #watches = new Map<string, Promise<Watch>>();
  readonly #ending = new Set<Promise<void>>();
  /** Plugins that a watch is starting: if that fails, the watch continues. */
  readonly #beingStarted = new Set<string>();
  #closed = false;

  constructor(host: PluginHost) {
    this.#host = host;
    host.on('state', ({ plugin, to }) => {
      if (this.#beingStarted.has(plugin)) return;
      if (to === 'registered' || to === 'removed') void this.#end(plugin);
    });
  }

  /**
   * Watches a plugin, in place of a watch that it has.
   * @throws {PluginError} WP_CLOSED; WP_NOT_FOUND for an unknown plugin without a path
   */
  async start(name: string, { path, onEvent, start, ...options }: WatchPluginOptions): Promise<Watch> {
    const source = path ?? this.#host.get(name).package.files.source;
    if (this.#closed) throw new PluginError('WP_CLOSED', `Cannot watch "${name}": the plugin host is closed`);
    void this.#end(name);
    const reloads = {
      reload: this.#host.reload.bind(this.#host),
      pluginOf: (wanted: string) => this.#host.list().find((plugin) => plugin.name === wanted),
    };
    const starting = reloadOnChange(
      reloads,
      { name, path: source },
      {
        ...options,
        start: (built) => this.#startPlugin(name, built, start),
        onEvent: (event) => {
          // A change that meets the end of the host is not to be told as a failure.
          if (this.#closed) return;
          onEvent?.(event);
          this.#host.emit('watch', { plugin: name, ...event });
        },
      },
    );
    this.#watches.set(name, starting);
    starting.catch(() => {
      if (this.#watches.get(name) === starting) this.#watches.delete(name);
    });
    return await starting;
  }

  /** Watches each plugin that is loaded from now on, where it lies on disk. */
  startEach(options: ReloadOnChangeOptions): void {
    this.#host.on('state', ({ plugin, from, to }) => {
      if (from === 'loading' && to === 'ready') void this.#startOnDisk(plugin, options);
    });
  }

  /** Ends every watch; a change that is being taken is waited for. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const name of this.#watches.keys()) void this.#end(name);
    await Promise.all(this.#ending);
  }

  async #startPlugin(name: string, built: PluginPackage, start: WatchPluginOptions['start']): Promise<void> {
    this.#beingStarted.add(name);
    try {
      if (start === undefined) await startPlugin(this.#host, name, built);
      else await start(built);
    } finally {
      this.#beingStarted.delete(name);
    }
  }

  async #startOnDisk(name: string, options: ReloadOnChangeOptions): Promise<void> {
    try {
      const { source } = this.#host.get(name).package.files;
      const isOnDisk = await stat(source).then(
        () => true,
        () => false,
      );
      if (isOnDisk && !this.#closed && !this.#watches.has(name)) await this.start(name, options);
    } catch (error) {
      if (!this.#closed) this.#host.emit('watch', { plugin: name, kind: 'failed', what: 'watch', error });
    }
  }

  #end(name: string): Promise<void> {
    const watch = this.#watches.get(name);
    this.#watches.delete(name);
    if (watch === undefined) return Promise.resolve();
    const ending = watch.then(
      (started) => started.close(),
      () => undefined,
    );
    this.#ending.add(ending);
    return ending.finally(() => this.#ending.delete(ending));
  }
}

/** Loads a build of a plugin that does not run, in place of the known package of that version. */
async function startPlugin(
  host: PluginHost,
  name: string,
  { manifest, files }: PluginPackage,
): Promise<void> {
  if (manifest.id !== name)
    throw new TypeError(`Cannot start "${name}": what was built is another plugin, "${manifest.id}"`);
  const { version } = manifest;
  for (const pkg of host.packages({ id: name })) if (pkg.manifest.version === version) host.forget(pkg);
  await host.add(files);
  await host.load(name, { version });
}
