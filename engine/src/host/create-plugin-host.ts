import type { Carrier } from '@wasm-plugin/abi';
import { createEngine, type Engine, type EngineOptions } from '../engine/index.js';
import { PLUGIN_HOST_OPTIONS, PluginHost } from './plugin-host.js';
import type { PluginHostOptions } from './plugin-host-options.js';
import { wasm } from './wasm-carrier.js';
import { checkOptions, type KeysOf } from '../runtime/index.js';

/** Options of `createPluginHost`. */
export interface CreatePluginHostOptions extends Omit<PluginHostOptions, 'carriers'> {
  /** The engine that runs components, or the options to make one; an engine made here is closed with the host. */
  engine?: Engine | EngineOptions;
  /** Other ways to run plugins: native libraries, processes. */
  carriers?: readonly Carrier[];
}

/**
 * Makes a host of plugins. To be closed.
 * @throws {AbiError} WP_ABI_WORLD
 * @throws {PluginError} WP_LIMITS
 * @throws {TypeError} for an unknown option
 */
export function createPluginHost(options: CreatePluginHostOptions = {}): PluginHost {
  return new PluginHost(resolveHostOptions(options));
}

/**
 * Adds the carrier of components to the others.
 * @param more further known options
 * @throws {TypeError} for an unknown option
 */
export function resolveHostOptions<More extends object = object>(
  options: CreatePluginHostOptions & More,
  more = {} as KeysOf<More>,
): PluginHostOptions & More {
  checkOptions(options, { ...PLUGIN_HOST_OPTIONS, engine: true, ...more }, 'create a plugin host');
  const { engine = {}, carriers = [], ...rest } = options;
  const component = 'load' in engine ? wasm(engine) : wasm(createEngine(engine), { owns: true });
  return { ...rest, carriers: [component, ...carriers] } as PluginHostOptions & More;
}
