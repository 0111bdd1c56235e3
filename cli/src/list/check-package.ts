import { isAddress, resolveEntry } from '@wasm-plugin/abi/manifest';
import { ABI_VERSION } from '@wasm-plugin/abi';
import { hostFindings } from '@wasm-plugin/abi/update';
import { satisfies } from '@wasm-plugin/abi/version';
import { ENGINE_VERSION, type PluginPackage } from '@wasm-plugin/engine/host';
import { checkComponent } from './check-component.js';

/** Every carrier there is: which of them a host has is its own business. */
const CARRIERS = ['wasm', 'library', 'rpc'];

/** What can be said of a plugin without running it. */
export interface CheckedPackage {
  carrier: string;
  /** `undefined` where what runs is not a file, or not there. */
  sizeBytes: number | undefined;
  problems: string[];
}

/** Looks whether a plugin is for this engine, what it depends on is there, and what it runs is as its manifest says. */
export async function checkPackage(
  { manifest, files }: PluginPackage,
  all: readonly PluginPackage[],
): Promise<CheckedPackage> {
  const host = { engine: ENGINE_VERSION, abi: ABI_VERSION };
  const problems = hostFindings(manifest, host).map(({ message }) => message);
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
    const bytes = await files.read(entry);
    const others = all.map((each) => each.manifest);
    if (carrier === 'wasm') problems.push(...checkComponent(bytes, manifest, others));
    return { carrier, sizeBytes: bytes.length, problems };
  } catch (error) {
    const message = (error as Error).message.replace(/^Cannot .*?: /, '');
    return { carrier: manifest.carrier, sizeBytes: undefined, problems: [...problems, message] };
  }
}
