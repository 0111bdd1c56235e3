import { createHash } from 'node:crypto';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { MANIFEST_FILE, openPlugin, PACKED_SUFFIX, type PluginFiles } from '@wasm-plugin/abi/package';
import type { ManagedPlugin } from './managed-plugin.js';
import type { PluginSet } from './plugin-set.js';
import type { PluginPackage } from './plugin-package.js';

/** Result of a scan. */
export interface ScanResult {
  /** Plugins of which a version became known, also one in the place of another. */
  readonly added: readonly ManagedPlugin[];
  /** Versions that are no longer known: gone from their place, or replaced there. Running instances of them continue. */
  readonly removed: readonly { readonly plugin: string; readonly version: string; readonly source: string }[];
  /** Items that look like plugins and cannot be used. */
  readonly problems: readonly { readonly source: string; readonly error: unknown }[];
}

/**
 * Makes a host know the plugins in folders as they lie there now: folders with a `plugin.json`, those in a folder whose name
 * begins with `@`, and packed plugins (`*.plugin.zip`). Names that begin with `.` or `_` are skipped, and folders without a
 * manifest. A plugin that cannot be used is reported, and does not stop the scan; neither does a folder that cannot be read.
 * A place that was scanned before is left as it is if its manifest and its entry are as they were; whichever way the folder
 * is written, it is the same place.
 */
export async function scan(host: PluginSet, folders: readonly string[]): Promise<ScanResult> {
  const scanning = new Scan(host);
  await scanning.begin();
  for (const folder of folders) await scanning.scan(folder);
  return scanning;
}

/** Fingerprint of a package on disk at the time of the scan. */
const prints = new WeakMap<PluginPackage, string>();

class Scan implements ScanResult {
  readonly added: ManagedPlugin[] = [];
  readonly removed: { plugin: string; version: string; source: string }[] = [];
  readonly problems: { source: string; error: unknown }[] = [];
  readonly #host: PluginSet;
  /** Known packages, by their real path. */
  readonly #known = new Map<string, PluginPackage>();

  constructor(host: PluginSet) {
    this.#host = host;
  }

  async begin(): Promise<void> {
    for (const pkg of this.#host.packages()) {
      const { source } = pkg.files;
      this.#known.set(await realpath(source).catch(() => source), pkg);
    }
  }

  async scan(folder: string): Promise<void> {
    await this.#attempt(folder, async () => {
      const root = await realpath(folder);
      const paths = await candidates(folder);
      const places = new Map<string, string>();
      for (const path of paths) places.set(await realpath(path).catch(() => path), path);
      for (const [place, pkg] of this.#known) {
        const isGone = prints.has(pkg) && place.startsWith(root + sep) && !places.has(place);
        if (isGone) this.#forget(place, pkg);
      }
      for (const [place, path] of places) await this.#attempt(path, () => this.#look(place, path));
    });
  }

  async #look(place: string, path: string): Promise<void> {
    const known = this.#known.get(place);
    const print = known === undefined ? undefined : prints.get(known);
    if (known !== undefined && (print === undefined || (await printOf(known.files, known)) === print)) return;
    const files = await openPlugin(path);
    if (known !== undefined) this.#forget(place, known);
    const plugin = await this.#host.add(files);
    this.added.push(plugin);
    const pkg = this.#host.packages({ id: plugin.id }).find((known) => known.files.source === files.source);
    if (pkg === undefined) return;
    this.#known.set(place, pkg);
    prints.set(pkg, await printOf(files, pkg));
  }

  #forget(place: string, pkg: PluginPackage): void {
    const { id, version } = pkg.manifest;
    this.#known.delete(place);
    this.#host.forget(pkg);
    this.removed.push({ plugin: id, version, source: pkg.files.source });
  }

  async #attempt(source: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.problems.push({ source, error });
      this.#host.emit('problem', { source, error });
    }
  }
}

/** The manifest's text, and the size and time of the entry; of a packed plugin, those of the whole. */
async function printOf({ source }: PluginFiles, { manifest }: PluginPackage): Promise<string> {
  const found = await stat(source, { bigint: true });
  if (!found.isDirectory()) return `${found.ino} ${found.size} ${found.mtimeNs}`;
  const { read } = await openPlugin(source);
  const hash = createHash('sha256').update(await read(MANIFEST_FILE));
  const entry = join(source, manifest.entry ?? '');
  const runs = await stat(entry, { bigint: true }).catch(() => undefined);
  return `${hash.digest('hex')} ${runs?.ino} ${runs?.size} ${runs?.mtimeNs}`;
}

/** Returns the paths in a folder that should be plugins, sorted. Links are followed. */
export async function candidates(folder: string, isScope = false): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (/^[._]/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.name.endsWith(PACKED_SUFFIX)) found.push(path);
    else if (entry.isFile()) continue;
    else if (await hasManifest(path)) found.push(path);
    else if (entry.name.startsWith('@') && !isScope) {
      found.push(...(await candidates(path, true).catch((): string[] => [])));
    }
  }
  return found;
}

async function hasManifest(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.includes(MANIFEST_FILE);
}
