import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formatCapability } from '@wasm-plugin/abi';
import type { TrustOptions } from '@wasm-plugin/abi/trust';
import { satisfies } from '@wasm-plugin/abi/version';
import { createPluginHost, type NodePluginHost, type PluginPackage } from '@wasm-plugin/engine/host';
import { CliError } from '../cli-error.js';
import { fileError } from '../component/index.js';
import { checkPackage } from './check-package.js';

/** A version of a plugin that was found. */
export interface FoundPlugin {
  id: string;
  name: string;
  version: string;
  carrier: string;
  /** Of the host; `registered` if it was not asked to run. */
  state: string;
  /** Faults that keep it from running. */
  problems: string[];
  /** Needs beside grants: imports of the host's own world, settings without a default. */
  needs: string[];
  world: string;
  interfaces: readonly string[];
  /** The capabilities that it asks for. */
  permissions: string[];
  /** The schema of its state; `null` if its manifest describes none. */
  stateSchema: number | null;
  /** Size of the entry; `null` if that is not a file, or does not exist. */
  sizeBytes: number | null;
  source: string;
}

/** Plugins in a folder. */
export interface PluginList {
  folder: string;
  plugins: FoundPlugin[];
  /** Items that look like plugins and cannot be used. */
  problems: { source: string; message: string }[];
}

/**
 * Finds the plugins in a folder, or the one that it is.
 * @throws {CliError} the folder cannot be read
 */
export async function findPlugins(
  folder: string,
  { load, grants, ...trust }: { load: boolean; grants: readonly string[] } & TrustOptions,
): Promise<PluginList> {
  refuseUnreadable(folder);
  const host = createPluginHost({ grants, ...trust });
  try {
    const problems = await scanFolder(host, folder);
    const states = new Map<PluginPackage, { state: string; error?: unknown }>();
    if (load) {
      await host.loadAll();
      for (const { package: pkg, state, error } of host.list()) states.set(pkg, { state, error });
    }
    const plugins = await Promise.all(
      host.packages().map(async (pkg): Promise<FoundPlugin> => {
        const { state, error } = states.get(pkg) ?? { state: 'registered' };
        const checked = await checkPackage(pkg, host.packages());
        const { id, name, version, world, interfaces, permissions, state: format } = pkg.manifest;
        return {
          id,
          name,
          version,
          carrier: checked.carrier,
          state,
          problems: error === undefined ? checked.problems : [messageOf(error)],
          needs: checked.needs,
          world,
          interfaces,
          permissions: permissions.map(({ capability }) => formatCapability(capability)),
          stateSchema: format?.schema ?? null,
          sizeBytes: checked.sizeBytes ?? null,
          source: pkg.files.source,
        };
      }),
    );
    blameDependents(plugins, host.packages());
    return { folder, plugins, problems };
  } finally {
    await host.close();
  }
}

/** A plugin cannot run if none of those that would do for a dependency can. */
function blameDependents(plugins: readonly FoundPlugin[], packages: readonly PluginPackage[]): void {
  for (let found = true; found;) {
    found = false;
    for (const [index, plugin] of plugins.entries()) {
      if (plugin.problems.length > 0) continue;
      for (const { id, range, optional } of packages[index]?.manifest.dependencies ?? []) {
        const fitting = plugins.filter((each) => each.id === id && satisfies(each.version, range));
        if (optional || fitting.some(({ problems }) => problems.length === 0)) continue;
        plugin.problems.push(`it needs "${id}" ${range}, which cannot run`);
        found = true;
      }
    }
  }
}

function refuseUnreadable(folder: string): void {
  try {
    readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new CliError(`Cannot read "${folder}": there is no such folder`, { code });
    throw fileError('read', folder, error);
  }
}

async function scanFolder(host: NodePluginHost, folder: string): Promise<PluginList['problems']> {
  if (!existsSync(join(folder, 'plugin.json'))) {
    const { problems } = await host.scan(folder);
    return problems.map(({ source, error }) => ({ source, message: messageOf(error) }));
  }
  try {
    await host.addFrom(folder);
    return [];
  } catch (error) {
    return [{ source: folder, message: messageOf(error) }];
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
