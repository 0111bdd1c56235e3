import { ABI_VERSION, PluginError } from '@wasm-plugin/abi';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import {
  channelOf,
  takesFrom,
  updateVerdict,
  upgradePath,
  type StateOf,
  type UpdateContext,
  type UpdateVerdict,
  type UpgradeStop,
} from '@wasm-plugin/abi/update';
import { migrationPath, type Migration } from '../reload/index.js';
import { ENGINE_VERSION } from './engine-version.js';
import type { ManagedPlugin } from './managed-plugin.js';
import type { PluginSet } from './plugin-set.js';
import type { PluginPackage } from './plugin-package.js';
import type { PluginReloadOptions } from './plugin-reloads-options.js';

/** Facts that a reload is judged by. */
export interface ReloadVerdictContext {
  readonly host: PluginSet;
  readonly options: PluginReloadOptions;
  readonly migrations: readonly Migration[];
  /** Packages that other plugins are about to be reloaded to, by their names. */
  readonly together?: ReadonlyMap<string, PluginPackage>;
}

/** Judgement of a reload. */
export interface ReloadVerdict extends UpdateVerdict {
  /** Versions in between that the state has to go through, lowest first. */
  readonly via: readonly PluginPackage[];
}

/** Judges a reload before anything is touched, and finds the versions that the state has to go through. */
export function reloadVerdict(
  plugin: ManagedPlugin,
  to: PluginPackage,
  context: ReloadVerdictContext,
): ReloadVerdict {
  const { update = () => true, channel = channelFor(plugin, to), policy = 'keep-old' } = context.options;
  const judged = contextFrom(plugin, context);
  const verdict = updateVerdict(plugin.manifest, to.manifest, { ...judged, policy: update, channel });
  const others = verdict.problems.filter(({ rule }) => rule !== 'state');
  if (others.length === verdict.problems.length) return { ...verdict, via: [] };
  const via = packagesBetween(plugin, to, { context, judged, channel });
  // A policy that does without the state has no need of a way for it.
  if (via === undefined && policy === 'keep-old') return { ...verdict, via: [] };
  return { ...verdict, problems: others, allowed: others.length === 0, via: via ?? [] };
}

/** Returns the error for a verdict that refuses. */
export function refusalFrom(
  plugin: ManagedPlugin,
  to: PluginPackage,
  { problems }: UpdateVerdict,
): PluginError {
  const reasons = problems.map(({ message }) => message).join('; ');
  const message = `Cannot update "${plugin.name}" from ${plugin.version} to ${to.manifest.version}: ${reasons}`;
  return new PluginError('WP_UPDATE', message, { plugin: plugin.name });
}

/** The channel that the manifest names, or the one that the plugin is on already, if that one takes the version. */
function channelFor({ version, manifest }: ManagedPlugin, to: PluginPackage): string {
  const present = channelOf(version);
  return takesFrom(present, to.manifest.version) ? present : manifest.channel;
}

function contextFrom(
  plugin: ManagedPlugin,
  { host, migrations, together }: ReloadVerdictContext,
): UpdateContext {
  const dependents = host.dependents(plugin.name).flatMap((dependent) => {
    const { dependencies } = together?.get(dependent.name)?.manifest ?? dependent.manifest;
    const link = dependencies.find(({ id }) => id === plugin.id);
    return link === undefined ? [] : [{ id: dependent.name, range: link.range, optional: link.optional }];
  });
  const installed = new Map<string, string[]>();
  for (const { manifest } of [...host.packages(), ...(together?.values() ?? [])]) {
    installed.set(manifest.id, [...(installed.get(manifest.id) ?? []), manifest.version]);
  }
  return {
    host: { engine: ENGINE_VERSION, abi: ABI_VERSION },
    dependents,
    installed,
    grants: plugin.grants,
    canMigrate: (from: StateOf, goal: StateOf) => migrationPath(migrations, from, goal) !== undefined,
    configProblem: (manifest) => configProblem(plugin, manifest),
  };
}

/** Explains why the settings of a plugin do not fit another version. */
function configProblem({ configuration }: ManagedPlugin, to: Manifest): string | undefined {
  try {
    configuration?.forVersion(to);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Finds versions that can run here, by which the state gets from the present version to another one. */
function packagesBetween(
  plugin: ManagedPlugin,
  to: PluginPackage,
  {
    context: { host },
    judged,
    channel,
  }: { context: ReloadVerdictContext; judged: UpdateContext; channel: string },
): PluginPackage[] | undefined {
  const canMigrate = judged.canMigrate as NonNullable<UpdateContext['canMigrate']>;
  const usable = host.packages({ id: plugin.id }).filter(({ manifest }) => {
    // It serves nobody, so it is nobody's business which version it is.
    const context = { ...judged, channel, dependents: [], canMigrate: () => true };
    return manifest.state !== undefined && updateVerdict(plugin.manifest, manifest, context).allowed;
  });
  const available: UpgradeStop[] = [plugin.package, ...usable, to].map(({ manifest }) => manifest);
  const path = upgradePath(plugin.version, to.manifest.version, { available, canMigrate });
  return path
    ?.slice(0, -1)
    .map((step) => usable.find(({ manifest }) => manifest.version === step.to) as PluginPackage);
}
