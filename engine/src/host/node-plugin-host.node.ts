import { isDeepStrictEqual } from 'node:util';
import { openPlugin } from '@wasm-plugin/abi/package';
import type { Watch } from '../reload/index.node.js';
import type { ManagedPlugin } from './managed-plugin.js';
import type { PluginHostOptions } from './plugin-host-options.js';
import { AuditLog } from './audit-log.node.js';
import { openDoor, type Door, type DoorOptions } from './door/index.node.js';
import { LiveFolders } from './live/index.node.js';
import type { LiveOptions } from './live/index.js';
import { PluginHost } from './plugin-host.js';
import { PluginWatches, type WatchPluginOptions } from './plugin-watches.node.js';
import { reconfigure, type Reconfiguration, type SettingsChange } from './reconfigure.js';
import type { ReloadOnChangeOptions } from './reload-on-change.node.js';
import { scan, type ScanResult } from './scan.node.js';

/** Options of a host of plugins on disk. */
export interface NodePluginHostOptions extends PluginHostOptions {
  /** The folders that `scan()` looks into. @default none */
  folders?: readonly string[];
  /** Reloads each plugin when its files change, from when it is loaded: `true`, or options. @default false */
  watch?: boolean | Omit<ReloadOnChangeOptions, 'build' | 'start'>;
  /**
   * Follows the folders from `start()` on: loads what appears, reloads what changes, unloads what goes: `true`, or options.
   * @default false
   */
  live?: boolean | LiveOptions;
  /** File that gets a line of JSON for each load with its grants, denial, configuration, reload and request of an operator. */
  audit?: string;
}

/** A host of plugins that lie on disk. */
export class NodePluginHost extends PluginHost {
  #folders: readonly string[];
  readonly #watches: PluginWatches;
  readonly #live: LiveFolders | undefined;
  readonly #audit: AuditLog | undefined;
  readonly #doors = new Set<Door>();

  constructor({ folders = [], watch = false, live = false, audit, ...options }: NodePluginHostOptions) {
    super(options);
    this.#folders = [...folders];
    if (live !== false) {
      const { clock } = options;
      this.#live = new LiveFolders(this, { ...(clock && { clock }), ...(live === true ? {} : live) });
    }
    if (audit !== undefined) {
      this.#audit = new AuditLog(audit, (error) => this.emit('problem', { source: audit, error }));
      this.#audit.follow(this);
    }
    this.#watches = new PluginWatches(this);
    if (watch !== false) this.#watches.startEach(watch === true ? {} : watch);
  }

  /** Makes the plugins in folders known: those named, or else those the host was made with. @see scan */
  scan(...folders: string[]): Promise<ScanResult> {
    return scan(this, folders.length > 0 ? folders : this.#folders);
  }

  /**
   * Finds the plugins in the host's folders and loads those that `autoLoad` names, dependencies first; with `live` it follows the
   * folders from then on. What fails is told: see the events `problem` and `state`.
   */
  async start(): Promise<void> {
    if (this.#live !== undefined) return await this.#live.start(this.#folders);
    await this.scan();
    await this.loadAll();
  }

  /** Looks at the folders and their plugins now, e.g. since events got lost. Without `live` it is `scan`. */
  async rescan(): Promise<void> {
    if (this.#live === undefined) await this.scan();
    else await this.#live.rescan();
  }

  /** The folders of its plugins. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  /**
   * Brings the host into line with other options while it runs.
   * @returns a line for each change that was made, or that failed
   */
  async reconfigure(options: Reconfiguration & { folders?: readonly string[] }): Promise<SettingsChange[]> {
    const { folders, ...settings } = options;
    const changes = await reconfigure(this, settings);
    if (folders === undefined || isDeepStrictEqual(folders, this.#folders)) return changes;
    this.#folders = [...folders];
    if (this.#live !== undefined) await this.#live.setFolders(this.#folders);
    return [...changes, { plugin: undefined, setting: 'folders', error: undefined }];
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

  /**
   * Opens a door for operators: HTTP over a Unix socket that this user alone may use, or at a port of the loopback interface with
   * a token. Requests of web pages are refused. It is closed with the host.
   * @throws {TypeError} neither or both of `unix` and `port`, or a port without a token of 16 characters
   * @throws {PluginError} WP_LIFECYCLE another host listens at the socket
   */
  async openDoor(options: DoorOptions): Promise<Door> {
    const { onRequest } = options;
    const door = await openDoor(this, {
      ...options,
      onRequest: (request) => {
        onRequest?.(request);
        this.#audit?.write('request', request);
      },
    });
    this.#doors.add(door);
    return door;
  }

  /** Ends the watches with the host, so that no reload begins. @see PluginHost.close */
  override async close(): Promise<void> {
    for (const door of this.#doors) await door.close();
    await this.#live?.close();
    await Promise.all([this.#watches.close(), super.close()]);
    await this.#audit?.close();
  }
}
