import { ABI_VERSION, PluginError } from '@wasm-plugin/abi';
import { channelOf, updateVerdict, type UpdateVerdict } from '@wasm-plugin/abi/update';
import type { Migration } from '../reload/index.js';
import { migrationPath } from '../reload/index.js';
import { ENGINE_VERSION } from './engine-version.js';
import type { ManagedPlugin } from './managed-plugin.js';
import type { PluginHost } from './plugin-host.js';
import type { PluginPackage } from './plugin-package.js';
import type { PluginReloadOptions } from './plugin-reloads-options.js';

/** What a reload is judged with. */
export interface ReloadVerdictContext {
  readonly host: PluginHost;
  readonly options: PluginReloadOptions;
  readonly migrations: readonly Migration[];
  /** Packages that other plugins are about to be reloaded to, by their names. */
  readonly together?: ReadonlyMap<string, PluginPackage>;
}

/** Judges a reload before anything is touched. */
export function reloadVerdict(
  plugin: ManagedPlugin,
  to: PluginPackage,
  { host, options, migrations, together }: ReloadVerdictContext,
): UpdateVerdict {
  const dependents = host.dependents(plugin.name).flatMap((each) => {
    const { dependencies } = together?.get(each.name)?.manifest ?? each.manifest;
    const link = dependencies.find(({ id }) => id === plugin.id);
    return link === undefined ? [] : [{ id: each.name, range: link.range, optional: link.optional }];
  });
  const installed = new Map<string, string[]>();
  for (const { manifest } of [...host.packages(), ...(together?.values() ?? [])]) {
    installed.set(manifest.id, [...(installed.get(manifest.id) ?? []), manifest.version]);
  }
  const { version } = to.manifest;
  const keepsState = options.policy === undefined || options.policy === 'keep-old';
  const verdict = updateVerdict(plugin.manifest, to.manifest, {
    host: { engine: ENGINE_VERSION, abi: ABI_VERSION },
    policy: options.update ?? (() => true),
    channel: channelOf(version),
    dependents,
    installed,
    grants: plugin.grants,
    canMigrate: (from, schema) =>
      !keepsState ||
      migrationPath(migrations, { version: plugin.version, schema: from }, { version, schema }) !== undefined,
  });
  return verdict;
}

/** Gives the error for a verdict that refuses. */
export function refusalFrom(
  plugin: ManagedPlugin,
  to: PluginPackage,
  { problems }: UpdateVerdict,
): PluginError {
  const reasons = problems.map(({ message }) => message).join('; ');
  const message = `Cannot update "${plugin.name}" from ${plugin.version} to ${to.manifest.version}: ${reasons}`;
  return new PluginError('WP_UPDATE', message, { plugin: plugin.name });
}
