import { PluginError } from '@wasm-plugin/abi';
import { nearestName } from '@wasm-plugin/abi';
import type { ManagedPlugin } from './managed-plugin.js';
import { isServing } from './plugin-state.js';

/** Most names in a message. */
const MOST_LISTED = 5;

/** The plugins of a host by name, and who depends on whom. */
export class PluginTable {
  readonly #plugins = new Map<string, ManagedPlugin>();

  /** @throws {PluginError} WP_NOT_FOUND */
  get(name: string): ManagedPlugin {
    const plugin = this.#plugins.get(name);
    if (plugin !== undefined) return plugin;
    const nearest = nearestName(name, this.#plugins.keys());
    const hint = nearest === undefined ? this.#list() : `; did you mean "${nearest}"?`;
    throw new PluginError(
      'WP_NOT_FOUND',
      `Cannot find the plugin "${name}": none is known by that name${hint}`,
    );
  }

  /** Returns the known names, for a message: the first few in order, or the calls that make plugins known. */
  #list(): string {
    const names = [...this.#plugins.keys()].sort();
    if (names.length === 0) return '; "scan" and "add" make plugins known';
    const shown = names.slice(0, MOST_LISTED).map((each) => `"${each}"`);
    return `; known are ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`;
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
    const visit = (needed: ManagedPlugin): void => {
      for (const dependent of this.dependents(needed)) {
        if (found.has(dependent)) continue;
        visit(dependent);
        found.add(dependent);
      }
    };
    visit(plugin);
    return [...found];
  }
}
