import { stat } from 'node:fs/promises';
import { PluginError } from '@wasm-plugin/abi';
import type { Watch } from '../reload/index.node.js';
import type { PluginHost } from './plugin-host.js';
import { reloadOnChange, type ReloadOnChangeOptions } from './reload-on-change.node.js';

/** Options of watching one plugin. */
export interface WatchPluginOptions extends ReloadOnChangeOptions {
  /** The plugin, or its source folder if `build` makes it. @default where the version that runs lies */
  readonly path?: string;
}

/** The watches of a host: at most one for each plugin. A watch ends with its plugin. */
export class PluginWatches {
  readonly #host: PluginHost;
  readonly #watches = new Map<string, Promise<Watch>>();
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  constructor(host: PluginHost) {
    this.#host = host;
    host.on('state', ({ plugin, to }) => {
      if (to === 'registered' || to === 'removed') void this.#end(plugin);
    });
  }

  /**
   * Watches a plugin, in place of a watch that it has.
   * @throws {PluginError} WP_CLOSED, WP_NOT_FOUND
   */
  async start(name: string, { path, onEvent, ...options }: WatchPluginOptions): Promise<Watch> {
    const { source } = this.#host.get(name).package.files;
    if (this.#closed) throw new PluginError('WP_CLOSED', `Cannot watch "${name}": the plugin host is closed`);
    void this.#end(name);
    const reloads = {
      reload: this.#host.reload.bind(this.#host),
      pluginOf: this.#host.get.bind(this.#host),
    };
    const starting = reloadOnChange(
      reloads,
      { name, path: path ?? source },
      {
        ...options,
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
