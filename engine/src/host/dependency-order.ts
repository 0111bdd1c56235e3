import type { ManagedPlugin } from './managed-plugin.js';

/** Orders plugins that are loaded so that each comes after those of them that it depends on, directly or not. */
export function dependencyOrder(plugins: readonly ManagedPlugin[]): ManagedPlugin[] {
  const wanted = new Set(plugins);
  const seen = new Set<ManagedPlugin>();
  const ordered: ManagedPlugin[] = [];
  const visit = (plugin: ManagedPlugin): void => {
    if (seen.has(plugin)) return;
    seen.add(plugin);
    for (const { plugin: dependency } of plugin.dependencies) visit(dependency);
    if (wanted.has(plugin)) ordered.push(plugin);
  };
  for (const plugin of plugins) visit(plugin);
  return ordered;
}
