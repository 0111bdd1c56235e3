import { PluginError } from '@wasm-plugin/abi';
import type { ConfigValues } from '@wasm-plugin/abi/config';
import type { Configuration } from './configuration.js';
import { findInterface } from '../reload/index.js';
import type { ManagedPlugin } from './managed-plugin.js';

/**
 * Changes the settings of a plugin, which may refuse.
 * @returns the keys that changed
 */
export async function configurePlugin(
  plugin: ManagedPlugin,
  configuration: Configuration,
  change: ConfigValues,
): Promise<string[]> {
  const proposed = configuration.propose(change);
  const { instance } = plugin;
  const configure = instance && findInterface(instance.exports, 'wasm-plugin:abi/lifecycle')?.['configure'];
  await configuration.apply(proposed, async (changed) => {
    if (changed.length === 0 || configure === undefined) return;
    try {
      await configure(changed);
    } catch (error) {
      if (!PluginError.is(error) || error.code !== 'WP_GUEST') throw error;
      const message = `Cannot configure "${plugin.name}": it refused: ${error.message}`;
      throw new PluginError('WP_CONFIG', message, { plugin: plugin.name, cause: error });
    }
  });
  return proposed.changed.map(({ key }) => key);
}
