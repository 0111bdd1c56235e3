import { PluginError } from '@wasm-plugin/abi';
import type { InstanceFollower } from '../reload/index.js';
import type { ManagedPlugin } from './managed-plugin.js';
import { isServing } from './plugin-state.js';

/**
 * Has somebody follow the instances of a plugin that runs, from the present one on.
 * @param confirm ends the confirm window: the version before the last reload was not prepared
 * @throws {PluginError} WP_LIFECYCLE if the plugin does not run, or is followed already; errors of `prepare`
 */
export async function followPlugin(
  plugin: ManagedPlugin,
  follower: InstanceFollower,
  confirm: () => void,
): Promise<void> {
  for (;;) {
    const { instance, name, state } = plugin;
    if (instance === undefined || !isServing(state)) throw refusal(name, `it is ${state}`);
    if (plugin.follower !== undefined) throw refusal(name, 'somebody else does; close that lane first');
    confirm();
    await follower.prepare(instance);
    // An old version can come back at any time.
    if (plugin.instance !== instance) continue;
    follower.swap(instance);
    plugin.follower = follower;
    return;
  }
}

function refusal(plugin: string, reason: string): PluginError {
  return new PluginError('WP_LIFECYCLE', `Cannot follow the instances of "${plugin}": ${reason}`, { plugin });
}
