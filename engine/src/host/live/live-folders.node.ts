import { join } from 'node:path';
import { sleep, SYSTEM_CLOCK } from '../../reload/index.js';
import { watch, type Watch } from '../../reload/index.node.js';
import { SerialQueue } from '../../runtime/index.js';
import { LivePlace } from './live-place.node.js';
import type { LiveHost } from './live-host.js';
import type { LiveOptions } from './live-options.js';
import { isPlace, placeEvents, placesIn } from './places.node.js';

const DEFAULT_RESCAN_MS = 60_000;
const DEFAULT_GONE_MS = 300;

/**
 * Folders whose plugins follow what lies in them: one that appears is loaded, one that changes is reloaded with its state, one
 * that goes, or gets a name that begins with `.` or `_`, is unloaded after the calls that are on their way.
 */
export class LiveFolders {
  readonly #host: LiveHost;
  readonly #options: LiveOptions;
  readonly #folders = new Map<string, Promise<Watch> | undefined>();
  readonly #places = new Map<string, LivePlace>();
  /** Plugins that are gone, and that others still need. */
  readonly #lingering = new Set<LivePlace>();
  readonly #queue = new SerialQueue();
  readonly #beginning = new Set<Promise<void>>();
  #cancelRescan: (() => void) | undefined;
  #closed = false;

  constructor(host: LiveHost, options: LiveOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** Finds the plugins of the folders, loads them in the order of their dependencies, and begins to follow the folders. */
  async start(folders: readonly string[]): Promise<void> {
    await this.#queue.run(async () => {
      for (const folder of folders) this.#folders.set(folder, undefined);
      const found: LivePlace[] = [];
      for (const folder of folders) found.push(...(await this.#appeared(folder)));
      await Promise.all(found.map((place) => place.begin({ load: false })));
      const { failed } = await this.#host.loadAll();
      // Of a plugin that did not start its state tells; others lack what they need.
      for (const { name, error } of failed) {
        const plugin = this.#host.list().find((each) => each.name === name);
        if (plugin !== undefined && plugin.state !== 'failed')
          this.#host.emit('problem', { source: plugin.package.files.source, error });
      }
    });
    for (const folder of folders) await this.#followFolder(folder);
    this.#rescanLater();
  }

  /** Follows other folders: plugins in those that are no longer named are unloaded. */
  async setFolders(folders: readonly string[]): Promise<void> {
    for (const [folder, watching] of this.#folders) {
      if (folders.includes(folder)) continue;
      this.#folders.delete(folder);
      await (await watching)?.close();
      await this.#queue.run(async () => {
        for (const [path, place] of this.#places) {
          if (path.startsWith(join(folder, '/'))) await this.#leave(place);
        }
      });
    }
    for (const folder of folders) {
      if (this.#folders.has(folder)) continue;
      this.#folders.set(folder, undefined);
      await this.#look(folder);
      await this.#followFolder(folder);
    }
  }

  /** Looks at everything, as if there had been an event for each folder and each plugin. */
  async rescan(): Promise<void> {
    for (const place of this.#lingering) await this.#queue.run(() => this.#leave(place));
    for (const folder of this.#folders.keys()) await this.#look(folder);
    for (const place of this.#places.values()) place.look();
  }

  /** Ends following; what runs goes on. A change that is being taken is waited for. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRescan?.();
    const watches = [...this.#folders.values()].map(async (each) => (await each)?.close());
    await Promise.all(watches);
    await this.#queue.whenDone();
    await Promise.all(this.#beginning);
    await Promise.all([...this.#places.values()].map((place) => place.close()));
  }

  async #followFolder(folder: string): Promise<void> {
    const { debounceMs, settleMs, clock } = this.#options;
    const starting = watch(folder, () => this.#look(folder), {
      read: placesIn,
      source: placeEvents(this.#options),
      ...(debounceMs !== undefined && { debounceMs }),
      ...(settleMs !== undefined && { settleMs }),
      ...(clock !== undefined && { clock }),
      onError: (error) => this.#host.emit('problem', { source: folder, error }),
    });
    this.#folders.set(folder, starting);
    try {
      await starting;
      // Plugins may have appeared before the watch began.
      await this.#look(folder);
    } catch (error) {
      this.#folders.set(folder, undefined);
      this.#host.emit('problem', { source: folder, error });
    }
  }

  /** Brings the plugins of a folder into line with what lies there. */
  #look(folder: string): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#closed || !this.#folders.has(folder)) return;
      for (const place of await this.#gone(folder)) await this.#leave(place);
      // Not waited for: a build may take minutes.
      for (const place of await this.#appeared(folder)) this.#begin(place);
    });
  }

  #begin(place: LivePlace): void {
    const beginning = place
      .begin({ load: true })
      .catch((error: unknown) => this.#host.emit('problem', { source: place.path, error }))
      .finally(() => this.#beginning.delete(beginning));
    this.#beginning.add(beginning);
  }

  /** Notes the places that are new in a folder. */
  async #appeared(folder: string): Promise<LivePlace[]> {
    try {
      const names = await placesIn(folder);
      if (names === undefined) throw new Error(`Cannot read "${folder}": there is no such folder`);
      const paths = [...names.keys()].map((name) => join(folder, name));
      return paths
        .filter((path) => !this.#places.has(path))
        .map((path) => {
          const place = this.#returned(path) ?? new LivePlace(path, this.#host, this.#options);
          this.#places.set(path, place);
          return place;
        });
    } catch (error) {
      this.#host.emit('problem', { source: folder, error });
      return [];
    }
  }

  /** Finds a place that was gone while others needed its plugin. */
  #returned(path: string): LivePlace | undefined {
    const found = [...this.#lingering].find((place) => place.path === path);
    if (found !== undefined) this.#lingering.delete(found);
    return found;
  }

  /** Returns the places of a folder that are gone, and still are a while later. */
  async #gone(folder: string): Promise<LivePlace[]> {
    const { goneMs = DEFAULT_GONE_MS, clock = SYSTEM_CLOCK } = this.#options;
    const missing = async (): Promise<LivePlace[]> => {
      const places = [...this.#places.values()].filter(({ path }) => path.startsWith(join(folder, '/')));
      const there = await Promise.all(places.map(({ path }) => isPlace(path)));
      return places.filter((_, index) => there[index] === false);
    };
    const first = await missing();
    if (first.length === 0 || this.#closed) return [];
    await sleep(clock, goneMs);
    const second = new Set(await missing());
    return first.filter((place) => second.has(place));
  }

  async #leave(place: LivePlace): Promise<void> {
    this.#places.delete(place.path);
    if (!(await place.leave())) this.#lingering.add(place);
    else this.#lingering.delete(place);
    // Another place may hold what this one kept from being known.
    for (const other of this.#places.values()) if (other.id === undefined) await other.retake();
  }

  #rescanLater(): void {
    const { rescanMs = DEFAULT_RESCAN_MS, clock = SYSTEM_CLOCK } = this.#options;
    if (this.#closed) return;
    this.#cancelRescan = clock.after(rescanMs, () => {
      void this.rescan().finally(() => this.#rescanLater());
    });
  }
}
