import { isAddress, resolveEntry } from '@wasm-plugin/abi/manifest';
import { ABI_VERSION, PluginError, type ConfigError } from '@wasm-plugin/abi';
import { resolveConfig } from '@wasm-plugin/abi/config';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import { hostFindings } from '@wasm-plugin/abi/update';
import { satisfies } from '@wasm-plugin/abi/version';
import { ENGINE_VERSION, type PluginPackage } from '@wasm-plugin/engine/host';
import { checkComponent } from './check-component.js';

/** Every carrier there is: which of them a host has is its own business. */
const CARRIERS = ['wasm', 'library', 'rpc'];

/** Findings about a plugin, without running it. */
export interface CheckedPackage {
  carrier: string;
  /** `undefined` if the entry is not a file, or does not exist. */
  sizeBytes: number | undefined;
  problems: string[];
  /** Needs beside grants: imports of the host's own, settings. */
  needs: string[];
}

/** Checks a plugin: it is made for this engine, its dependencies are present, and its component agrees with its manifest. */
export async function checkPackage(
  { manifest, files }: PluginPackage,
  all: readonly PluginPackage[],
): Promise<CheckedPackage> {
  const host = { engine: ENGINE_VERSION, abi: ABI_VERSION };
  const needs = neededSettings(manifest);
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
    if (carrier === 'rpc' && isAddress(entry)) return { carrier, sizeBytes: undefined, problems, needs };
    const bytes = await files.read(entry);
    const others = all.map((each) => each.manifest);
    if (carrier === 'wasm') {
      const checked = await checkComponent(bytes, manifest, others);
      problems.push(...checked.problems);
      needs.push(
        ...checked.ofOtherHosts
          .map((name) => neededImport(name, manifest, problems))
          .filter((each) => each !== undefined),
      );
    }
    return { carrier, sizeBytes: bytes.length, problems, needs };
  } catch (error) {
    const message = PluginError.is(error) ? error.reason : (error as Error).message;
    return { carrier: manifest.carrier, sizeBytes: undefined, problems: [...problems, message], needs };
  }
}

/**
 * An import that no sandbox has. If the manifest names a world of `wasm-plugin:abi` nobody gives it; a world of its own is that
 * of a host that does.
 */
function neededImport(name: string, { world }: Manifest, problems: string[]): string | undefined {
  if (!world.startsWith('wasm-plugin:abi/')) return `a host that gives "${name}"`;
  problems.push(`it imports "${name}", which neither a host nor a plugin that it depends on gives`);
  return undefined;
}

/** The settings that have no default. */
function neededSettings({ id, configSchema }: Manifest): string[] {
  try {
    resolveConfig({}, { plugin: id, schema: configSchema });
    return [];
  } catch (error) {
    if (!PluginError.is(error) || error.code !== 'WP_CONFIG') throw error;
    return (error as ConfigError).problems.map(({ path, message }) => `a configuration: ${path} ${message}`);
  }
}
