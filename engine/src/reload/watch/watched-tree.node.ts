import type { BigIntStats, Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { FSWatcher } from 'chokidar';

/**
 * A path and the folders below it that one chokidar watches.
 *
 * The system watches a folder itself, not its name: a folder that is removed and made again, or renamed away and back, can be
 * the old one or another one by the time that chokidar looks, and chokidar sees no difference then. So each folder has an
 * identity, and a new one means that the watch reports nothing any more.
 */
export class WatchedTree {
  readonly #path: string;
  readonly #watcher: FSWatcher;
  readonly #ready: Promise<void>;
  /** The identities of watched folders; `undefined` for one that is gone. */
  readonly #folders = new Map<string, string | undefined>();
  #root: string | undefined;
  /** True if anything below the path has stirred since the last look. */
  #stirred = false;
  #failed = false;

  /** @param watcher reports its first entries, too (`ignoreInitial: false`) */
  constructor(path: string, watcher: FSWatcher) {
    this.#path = resolve(path);
    this.#watcher = watcher;
    watcher.on('addDir', (folder, stats) => void this.#note(resolve(folder), stats));
    // chokidar may overlook that it is back at once.
    watcher.on('unlinkDir', (folder) => this.#folders.set(resolve(folder), undefined));
    watcher.on('raw', () => (this.#stirred = true));
    watcher.on('error', () => (this.#failed = true));
    this.#ready = new Promise((resolve) => watcher.once('ready', () => resolve()));
  }

  /** Waits until everything that is there is watched. */
  async begin(): Promise<void> {
    this.#root = await identityOf(this.#path);
    await this.#ready;
  }

  /** Returns whether there is something at the path that is not watched, or a folder below it that another one has replaced. */
  async isLost(): Promise<boolean> {
    const stirred = this.#stirred;
    this.#stirred = false;
    const root = await identityOf(this.#path);
    if (root === undefined) return false;
    if (root !== this.#root || (!this.#failed && !this.#isTracked())) return true;
    if (!stirred) return false;
    for (const [folder, known] of this.#folders) {
      const now = await identityOf(folder);
      if (now === undefined) this.#folders.delete(folder);
      else if (now !== known) return true;
    }
    return false;
  }

  #isTracked(): boolean {
    const siblings = this.#watcher.getWatched()[dirname(this.#path)] ?? [];
    return siblings.includes(basename(this.#path));
  }

  /** Notes a folder that is watched from now on. The stats are from before; those of a link are its own, not the folder's. */
  async #note(folder: string, stats: Stats | undefined): Promise<void> {
    const isFolder = stats?.isDirectory() === true;
    this.#folders.set(folder, isFolder ? identity(stats) : await identityOf(folder));
  }
}

/** Returns the identity of a file or folder; `undefined` if nothing is there. */
async function identityOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && identity(found);
}

/** A system may give a removed folder's number to the next one, which has another time of birth. */
function identity({ dev, ino, birthtimeMs }: Stats | BigIntStats): string {
  return `${dev} ${ino} ${birthtimeMs}`;
}
