import { PluginError } from '@wasm-plugin/abi';
import { packedFiles, PACKED_SUFFIX } from '@wasm-plugin/abi/package';
import { checkedFiles, parsePublicKey, type LockedPlugin, type PublicKey } from '@wasm-plugin/abi/trust';
import { compareVersions } from '@wasm-plugin/abi/version';
import { readManifest } from '../pack/index.js';
import { adviceOn, registryError, type Registry, type Release } from '../registry/index.js';
import type { PluginFolder } from './plugin-folder.js';
import { resolve } from './resolve.js';

/** Options of `install`. */
export interface InstallRequest {
  readonly folder: PluginFolder;
  /** Ranges by id, beside earlier ones; `undefined`: any, and later the versions compatible with the installed one. */
  readonly wanted: ReadonlyMap<string, string | undefined>;
  /** Ids that may become another version, or all. @default those wanted anew */
  readonly updated?: ReadonlySet<string> | 'all';
  readonly registryOf: (id: string) => Registry;
  readonly trustedKeys?: readonly string[] | undefined;
  /** True if a lower version may take the place of a higher one. @default false */
  readonly allowDowngrade?: boolean;
  /** Called for each download. */
  readonly onFetch?: (release: Release) => void;
}

/** Result of `install`. */
export interface Installed {
  readonly installed: readonly Change[];
  readonly removed: readonly Change[];
  /** Versions that their authors advise against. */
  readonly notices: readonly { readonly id: string; readonly version: string; readonly advice: string }[];
}

/** A plugin that came, went, or became another version. */
export interface Change {
  readonly id: string;
  readonly version: string;
  /** The version before. */
  readonly from?: string;
}

/**
 * Installs plugins and their dependencies: all of it or nothing.
 * @throws {PluginError} WP_RESOLVE, WP_NOT_FOUND, WP_REGISTRY, WP_DOWNGRADE, WP_UNSIGNED, WP_SIGNATURE, WP_TAMPERED, WP_PACKAGE
 */
export function install(request: InstallRequest): Promise<Installed> {
  return request.folder.change(() => installAlone(request));
}

async function installAlone(request: InstallRequest): Promise<Installed> {
  const { folder, wanted, registryOf, updated = new Set(wanted.keys()) } = request;
  const old = folder.read();
  const roots = new Map<string, string>();
  for (const [id, locked] of old) if (locked.wanted !== undefined) roots.set(id, locked.wanted);
  for (const [id, range] of wanted) roots.set(id, range ?? '*');
  const preferred = new Map<string, string>();
  for (const [id, { version }] of old) if (updated !== 'all' && !updated.has(id)) preferred.set(id, version);
  const releases = await resolve({ wanted: roots, preferred, registryOf });
  refuseDowngrades(releases, old, request);
  const keys = request.trustedKeys?.map(parsePublicKey);
  const lock = new Map<string, LockedPlugin>();
  const staged: string[] = [];
  const installed: Change[] = [];
  for (const release of releases) {
    const { id, version, dependencies } = release;
    const known = old.get(id);
    const before = known?.version === version ? known : undefined;
    const root = wanted.has(id) ? (wanted.get(id) ?? `^${version}`) : roots.get(id);
    const facts = { dependencies, ...(root !== undefined && { wanted: root }) };
    if (before !== undefined && (await folder.isWhole(before, keys))) {
      lock.set(id, {
        version,
        sha256: before.sha256,
        registry: before.registry,
        file: before.file,
        ...facts,
      });
      continue;
    }
    request.onFetch?.(release);
    const registry = registryOf(id);
    const archive = await registry.archive(release);
    const sha256 = await refuseWrong(archive, { release, registry, keys, before });
    const file = `${id}-${version}${PACKED_SUFFIX}`;
    folder.stage({ name: file, archive });
    staged.push(file);
    lock.set(id, { version, sha256, registry: registry.name, file, ...facts });
    installed.push({ id, version, ...(known !== undefined && { from: known.version }) });
  }
  const removed = [...old].filter(([id]) => !lock.has(id)).map(([id, { version }]) => ({ id, version }));
  folder.commit(lock, staged);
  const notices = releases.flatMap((release) => {
    const advice = adviceOn(release);
    return advice === undefined ? [] : [{ id: release.id, version: release.version, advice }];
  });
  return { installed, removed, notices };
}

function refuseDowngrades(
  releases: readonly Release[],
  old: ReadonlyMap<string, LockedPlugin>,
  { allowDowngrade = false }: InstallRequest,
): void {
  if (allowDowngrade) return;
  for (const { id, version } of releases) {
    const present = old.get(id)?.version;
    if (present === undefined || compareVersions(version, present) >= 0) continue;
    const text = `Cannot install "${id}" ${version}: ${present} is installed, which is newer; say --allow-downgrade to take it all the same`;
    throw new PluginError('WP_DOWNGRADE', text, { plugin: id });
  }
}

/** Refuses an archive that is not the release that it should be. Returns the hash of its list of checksums. */
async function refuseWrong(
  archive: Uint8Array,
  {
    release,
    registry,
    keys,
    before,
  }: {
    release: Release;
    registry: Registry;
    keys: readonly PublicKey[] | undefined;
    before: LockedPlugin | undefined;
  },
): Promise<string> {
  const { id, version } = release;
  const files = await checkedFiles(packedFiles(archive, { source: `${id}@${version}` }), keys);
  const manifest = await readManifest(files);
  if (manifest.id !== id || manifest.version !== version) {
    const reason = `what it has as "${id}" ${version} is "${manifest.id}" ${manifest.version}`;
    throw registryError(registry.name, reason);
  }
  for (const path of await files.list()) await files.read(path);
  if (release.sha256 !== undefined && release.sha256 !== files.sha256)
    throw registryError(registry.name, `its file of "${id}" ${version} is not the one that it names`);
  if (before !== undefined && before.sha256 !== files.sha256) {
    const text = `Cannot trust "${id}" ${version} in the registry "${registry.name}": it is not the one that was installed`;
    throw new PluginError('WP_TAMPERED', text, { plugin: id });
  }
  return files.sha256;
}
