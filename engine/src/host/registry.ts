import { PluginError, type CarrierKind } from '@wasm-plugin/abi';
import { compareVersions, highestIn } from '@wasm-plugin/abi/version';
import type { PluginPackage } from './plugin-package.js';

/** Conditions for a look-up of plugins. All given ones must hold. */
export interface PackageQuery {
  id?: string;
  carrier?: CarrierKind;
  /** A WIT interface, with its version or without. */
  interface?: string;
  tag?: string;
}

/** Every version of every plugin that a host knows, found by id, carrier, interface and tag. */
export class Registry {
  readonly #byId = new Map<string, Map<string, PluginPackage>>();
  readonly #index = new Map<string, Set<PluginPackage>>();
  readonly #removed = new WeakSet<PluginPackage>();

  /** @throws {PluginError} WP_DUPLICATE if the version is known already */
  add(pkg: PluginPackage): void {
    const { id, version } = pkg.manifest;
    let versions = this.#byId.get(id);
    if (versions === undefined) this.#byId.set(id, (versions = new Map()));
    const known = versions.get(version);
    if (known !== undefined) {
      const where = `${pkg.files.source}; the other one is ${known.files.source}`;
      throw new PluginError('WP_DUPLICATE', `Cannot add "${id}" ${version}: it is known already (${where})`, {
        plugin: id,
      });
    }
    versions.set(version, pkg);
    for (const key of keysOf(pkg)) {
      const found = this.#index.get(key);
      if (found === undefined) this.#index.set(key, new Set([pkg]));
      else found.add(pkg);
    }
  }

  /** Forgets a version; says whether it was known. */
  remove(id: string, version: string): boolean {
    const pkg = this.#byId.get(id)?.get(version);
    if (pkg === undefined) return false;
    this.#removed.add(pkg);
    this.#byId.get(id)?.delete(version);
    if (this.#byId.get(id)?.size === 0) this.#byId.delete(id);
    for (const key of keysOf(pkg)) this.#index.get(key)?.delete(pkg);
    return true;
  }

  /** Forgets a package, also one that a reload has put in and that nobody has added. */
  forget(pkg: PluginPackage): void {
    const { id, version } = pkg.manifest;
    if (this.get(id, version) === pkg) this.remove(id, version);
    this.#removed.add(pkg);
  }

  /** Returns whether a package was known and is no longer. */
  wasRemoved(pkg: PluginPackage): boolean {
    return this.#removed.has(pkg);
  }

  get(id: string, version: string): PluginPackage | undefined {
    return this.#byId.get(id)?.get(version);
  }

  /** The versions of a plugin, highest first. */
  versions(id: string): string[] {
    return [...(this.#byId.get(id)?.keys() ?? [])].sort((a, b) => compareVersions(b, a));
  }

  /** The highest version in a range; a pre-release only if no release is in it. */
  highest(id: string, range = '*'): PluginPackage | undefined {
    const versions = this.versions(id);
    const released = versions.filter((version) => !version.split('+')[0]?.includes('-'));
    const chosen = highestIn(range, released) ?? highestIn(range, versions);
    return chosen === undefined ? undefined : this.get(id, chosen);
  }

  /** Every version that fits a query, by id and then by version, lowest first. */
  find(query: PackageQuery = {}): PluginPackage[] {
    const [first, ...others] = keysFrom(query).map((key) => this.#index.get(key) ?? new Set<PluginPackage>());
    const candidates = first ?? [...this.#byId.values()].flatMap((versions) => [...versions.values()]);
    return [...candidates].filter((pkg) => others.every((set) => set.has(pkg))).sort(byIdAndVersion);
  }

  /** The ids of all plugins, sorted. */
  ids(): string[] {
    return [...this.#byId.keys()].sort();
  }
}

/** Returns whether a package fits a query. */
export function fitsQuery(pkg: PluginPackage, query: PackageQuery): boolean {
  const keys = new Set(keysOf(pkg));
  return keysFrom(query).every((key) => keys.has(key));
}

/** Orders packages by id and then by version, lowest first. */
export function byIdAndVersion(a: PluginPackage, b: PluginPackage): number {
  if (a.manifest.id !== b.manifest.id) return a.manifest.id < b.manifest.id ? -1 : 1;
  return compareVersions(a.manifest.version, b.manifest.version);
}

function keysFrom(query: PackageQuery): string[] {
  return [
    query.id === undefined ? [] : [`id:${query.id}`],
    query.carrier === undefined ? [] : [`carrier:${query.carrier}`],
    query.interface === undefined ? [] : [`interface:${query.interface}`],
    query.tag === undefined ? [] : [`tag:${query.tag}`],
  ].flat();
}

function* keysOf({ manifest }: PluginPackage): Generator<string> {
  yield `id:${manifest.id}`;
  yield `carrier:${manifest.carrier}`;
  for (const { carrier } of manifest.fallbacks) if (carrier !== manifest.carrier) yield `carrier:${carrier}`;
  for (const tag of manifest.tags) yield `tag:${tag}`;
  for (const name of manifest.interfaces) {
    yield `interface:${name}`;
    const at = name.indexOf('@');
    if (at > 0) yield `interface:${name.slice(0, at)}`;
  }
}
