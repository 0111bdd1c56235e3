import { CapabilityError, covers, formatCapability, PluginError } from '@wasm-plugin/abi';
import { findInterface } from '../reload/index.js';
import type { ManagedPlugin, StartedInstance } from './managed-plugin.js';
import type { PluginPackage } from './plugin-package.js';

const LIFECYCLE = 'wasm-plugin:abi/lifecycle';

/** @throws {CapabilityError} a permission that a package needs is not granted */
export function refuseUngranted(plugin: ManagedPlugin, { manifest }: PluginPackage): void {
  for (const { capability, required } of manifest.permissions) {
    if (!required || plugin.grants.some((grant) => covers(grant, capability))) continue;
    const text = formatCapability(capability);
    throw new CapabilityError({ capability: text, lacking: 'host', plugin: plugin.name });
  }
}

/**
 * Calls `lifecycle.init` of an instance that has all interfaces that its manifest promises.
 * @throws {PluginError} WP_EXPORT_MISSING; WP_INIT if it refuses to start
 */
export async function initInstance(plugin: ManagedPlugin, started: StartedInstance): Promise<void> {
  const { exports } = started.instance;
  for (const name of started.package.manifest.interfaces) {
    if (findInterface(exports, name) !== undefined) continue;
    const reason = `it does not export "${name}", which its manifest promises`;
    const message = `Cannot load "${plugin.name}": ${reason}`;
    throw new PluginError('WP_EXPORT_MISSING', message, { plugin: plugin.name });
  }
  const lifecycle = findInterface(exports, LIFECYCLE);
  if (lifecycle?.['init'] === undefined) return;
  try {
    await lifecycle['init'](started.configuration.settings);
  } catch (error) {
    if (!PluginError.is(error) || error.code !== 'WP_GUEST') throw error;
    const message = `Cannot start "${plugin.name}": it refused: ${error.message}`;
    throw new PluginError('WP_INIT', message, { plugin: plugin.name, cause: error });
  }
}
