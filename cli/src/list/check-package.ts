import { isAddress, resolveEntry } from '@wasm-plugin/abi/manifest';
import { satisfies } from '@wasm-plugin/abi/version';
import type { PluginPackage } from '@wasm-plugin/engine/host';

/** Every carrier there is: which of them a host has is its own business. */
const CARRIERS = ['wasm', 'library', 'rpc'];

/** What can be said of a plugin without running it. */
export interface CheckedPackage {
  carrier: string;
  /** `undefined` where what runs is not a file, or not there. */
  sizeBytes: number | undefined;
  problems: string[];
}

/** Looks whether what a plugin runs is there, and what it depends on. */
export async function checkPackage(
  { manifest, files }: PluginPackage,
  all: readonly PluginPackage[],
): Promise<CheckedPackage> {
  const problems: string[] = [];
  for (const { id, range, optional } of manifest.dependencies) {
    if (optional) continue;
    const versions = all.filter((each) => each.manifest.id === id).map((each) => each.manifest.version);
    if (versions.some((version) => satisfies(version, range))) continue;
    const there = versions.length === 0 ? 'which is not here' : `here there is ${versions.join(', ')}`;
    problems.push(`it needs "${id}" ${range}, ${there}`);
  }
  try {
    const platform = { os: process.platform, cpu: process.arch };
    const { carrier, entry } = resolveEntry(manifest, { platform, carriers: CARRIERS });
    if (carrier === 'rpc' && isAddress(entry)) return { carrier, sizeBytes: undefined, problems };
    return { carrier, sizeBytes: (await files.read(entry)).length, problems };
  } catch (error) {
    const message = (error as Error).message.replace(/^Cannot .*?: /, '');
    return { carrier: manifest.carrier, sizeBytes: undefined, problems: [...problems, message] };
  }
}
