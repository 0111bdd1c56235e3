import { PluginError } from '@wasm-plugin/abi';
import { nearestName } from '@wasm-plugin/abi';
import type { ManagedPlugin } from './managed-plugin.js';
import { isServing } from './plugin-state.js';

/** The plugins of a host by name, and who depends on whom. */
export class PluginTable {
  readonly #plugins = new Map<string, ManagedPlugin>();

  /** @throws {PluginError} WP_NOT_FOUND */
  get(name: string): ManagedPlugin {
    const plugin = this.#plugins.get(name);
    if (plugin !== undefined) return plugin;
    const nearest = nearestName(name, this.#plugins.keys());
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    throw new PluginError(
      'WP_NOT_FOUND',
      `Cannot find the plugin "${name}": none is known by that name${hint}`,
    );
  }

  find(name: string): ManagedPlugin | undefined {
    return this.#plugins.get(name);
  }

  /** Every plugin, by name. */
  all(): ManagedPlugin[] {
    return [...this.#plugins.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  set(plugin: ManagedPlugin): void {
    this.#plugins.set(plugin.name, plugin);
  }

  delete(plugin: ManagedPlugin): void {
    this.#plugins.delete(plugin.name);
  }

  /** Plugins that are loaded, or being loaded, and need another one. */
  dependents(plugin: ManagedPlugin, { optional = false } = {}): ManagedPlugin[] {
    return this.all().filter(
      (other) =>
        (isServing(other.state) || other.state === 'loading') &&
        other.dependencies.some((link) => link.plugin === plugin && (optional || !link.optional)),
    );
  }

  /** All that need a plugin, directly or not, in the order in which they can be unloaded. */
  allDependents(plugin: ManagedPlugin): ManagedPlugin[] {
    const found = new Set<ManagedPlugin>();
    const visit = (each: ManagedPlugin): void => {
      for (const dependent of this.dependents(each)) {
        if (found.has(dependent)) continue;
        visit(dependent);
        found.add(dependent);
      }
    };
    visit(plugin);
    return [...found];
  }
}
