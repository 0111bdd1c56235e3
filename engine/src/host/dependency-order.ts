import type { ManagedPlugin } from './managed-plugin.js';
import type { PluginPackage } from './plugin-package.js';

/**
 * Orders plugins to reload so that each comes after those that its new version depends on, directly or not.
 * @param wanted the plugins, and their new versions
 * @param find returns the plugin that runs under an id
 */
export function dependencyOrder(
  wanted: ReadonlyMap<ManagedPlugin, PluginPackage>,
  find: (id: string) => ManagedPlugin | undefined,
): ManagedPlugin[] {
  const seen = new Set<ManagedPlugin>();
  const ordered: ManagedPlugin[] = [];
  const visit = (plugin: ManagedPlugin): void => {
    if (seen.has(plugin)) return;
    seen.add(plugin);
    const needs =
      wanted.get(plugin)?.manifest.dependencies.map(({ id }) => find(id)) ??
      plugin.dependencies.map((link) => link.plugin);
    for (const need of needs) if (need !== undefined) visit(need);
    if (wanted.has(plugin)) ordered.push(plugin);
  };
  for (const plugin of wanted.keys()) visit(plugin);
  return ordered;
}
