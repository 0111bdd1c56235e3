import { openPlugin } from '@wasm-plugin/abi/package';
import type { Watch } from '../reload/index.node.js';
import type { ManagedPlugin } from './managed-plugin.js';
import type { PluginHostOptions } from './plugin-host-options.js';
import { PluginHost } from './plugin-host.js';
import { PluginWatches, type WatchPluginOptions } from './plugin-watches.node.js';
import type { ReloadOnChangeOptions } from './reload-on-change.node.js';
import { scan, type ScanResult } from './scan.node.js';

/** Options of a host of plugins on disk. */
export interface NodePluginHostOptions extends PluginHostOptions {
  /** The folders that `scan()` looks into. @default none */
  folders?: readonly string[];
  /** Reloads each plugin when its files change, from when it is loaded: `true`, or options. @default false */
  watch?: boolean | Omit<ReloadOnChangeOptions, 'build' | 'start'>;
}

/** A host of plugins that lie on disk. */
export class NodePluginHost extends PluginHost {
  readonly #folders: readonly string[];
  readonly #watches: PluginWatches;

  constructor({ folders = [], watch = false, ...options }: NodePluginHostOptions) {
    super(options);
    this.#folders = [...folders];
    this.#watches = new PluginWatches(this);
    if (watch !== false) this.#watches.startEach(watch === true ? {} : watch);
  }

  /** Makes the plugins in folders known: those named, or else those the host was made with. @see scan */
  scan(...folders: string[]): Promise<ScanResult> {
    return scan(this, folders.length > 0 ? folders : this.#folders);
  }

  /**
   * Makes a plugin in a folder or a packed file known.
   * @throws {ManifestError} WP_MANIFEST
   * @throws {PluginError} WP_PACKAGE, WP_DUPLICATE
   */
  async addFrom(path: string): Promise<ManagedPlugin> {
    return await this.add(await openPlugin(path));
  }

  /**
   * Reloads a plugin each time that its files, or its sources if `build` makes it, change. One that does not run is started
   * with the next change; with `path` it need not even be known. Ends when the plugin is unloaded, when the host is closed, or
   * by the result's `close`. A watch that the plugin had ends.
   * @throws {PluginError} WP_CLOSED; WP_NOT_FOUND for an unknown plugin without a path
   * @example
   * const watch = await host.watch('acme.eq', { path: 'eq', build: () => compile('eq') });
   * await watch.take(); // builds and starts it now
   */
  watch(name: string, options: WatchPluginOptions = {}): Promise<Watch> {
    return this.#watches.start(name, options);
  }

  /** Ends the watches with the host, so that no reload begins. @see PluginHost.close */
  override async close(): Promise<void> {
    await Promise.all([this.#watches.close(), super.close()]);
  }
}
