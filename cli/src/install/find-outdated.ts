import { compareVersions, satisfies } from '@wasm-plugin/abi/version';
import { adviceOn, type Registry } from '../registry/index.js';
import type { PluginFolder } from './plugin-folder.js';

/** An installed plugin, and the versions in its registry. */
export interface Outdated {
  readonly id: string;
  readonly version: string;
  /** The highest in the range that was asked for. */
  readonly wanted: string;
  /** The highest there is. */
  readonly latest: string;
  /** Reason for which the installed version should not be used. */
  readonly advice: string | null;
}

/** Compares installed plugins with the registries. Yanked versions and pre-releases are passed over. */
export async function findOutdated(
  folder: PluginFolder,
  registryOf: (id: string) => Registry,
): Promise<Outdated[]> {
  const found: Outdated[] = [];
  for (const [id, { version, wanted = '*' }] of folder.read()) {
    const registry = registryOf(id);
    const all = (await registry.versions(id)).sort((a, b) => compareVersions(b, a));
    let [inRange, latest] = [version, version];
    for (const each of all) {
      if (compareVersions(each, version) <= 0 || inRange !== version) break;
      if (
        each.split('+')[0]?.includes('-') === true ||
        (await registry.release(id, each)).yanked !== undefined
      )
        continue;
      if (latest === version) latest = each;
      if (satisfies(each, wanted)) inRange = each;
    }
    const present = all.includes(version) ? await registry.release(id, version) : undefined;
    const advice = present === undefined ? 'is no longer in its registry' : (adviceOn(present) ?? null);
    if (latest !== version || inRange !== version || advice !== null)
      found.push({ id, version, wanted: inRange, latest, advice });
  }
  return found;
}
