import type { Manifest } from '@wasm-plugin/abi/manifest';
import type { Publish } from '../sandbox/index.js';
import type { ManagedPlugin } from './managed-plugin.js';

/** The parts of a host that link plugins with each other. */
export interface PluginLinks {
  /** Returns the function by which a plugin publishes events; `undefined` where there is no bus. */
  publisherOf(name: string): Publish | undefined;
  /** Returns the imports of a plugin's extension points. */
  extensionImports(
    plugin: ManagedPlugin,
    facts: { manifest: Manifest; calls: 'sync' | 'async' },
  ): Record<string, unknown>;
  /** Returns an interface of a dependency; its calls are noted where they may lead back to the plugin. */
  watched(plugin: ManagedPlugin, dependency: ManagedPlugin, group: unknown): unknown;
}

/** Links of a host whose plugins have their dependencies alone. */
export const NO_LINKS: PluginLinks = {
  publisherOf: () => undefined,
  extensionImports: () => ({}),
  watched: (_plugin, _dependency, group) => group,
};
