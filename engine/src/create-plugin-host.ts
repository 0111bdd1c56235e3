import type { Carrier } from '@wasm-plugin/abi';
import { createEngine, type Engine, type EngineOptions } from './engine.js';
import { PluginHost, wasm, type PluginHostOptions } from './host/index.js';

/** What `createPluginHost` is given. */
export interface CreatePluginHostOptions extends Omit<PluginHostOptions, 'carriers'> {
  /** The engine that runs components, or what to make one with; one that is made here is closed with the host. */
  engine?: Engine | EngineOptions;
  /** Other ways to run plugins: native libraries, processes. */
  carriers?: readonly Carrier[];
}

/**
 * Makes a host of plugins. To be closed.
 * @throws {AbiError} WP_ABI_WORLD
 * @throws {PluginError} WP_LIMITS
 */
export function createPluginHost(options: CreatePluginHostOptions = {}): PluginHost {
  return new PluginHost(resolveCarriers(options));
}

/** Adds the carrier of components to the others. */
export function resolveCarriers({
  engine = {},
  carriers = [],
  ...rest
}: CreatePluginHostOptions): PluginHostOptions {
  const component = 'load' in engine ? wasm(engine) : wasm(createEngine(engine), { owns: true });
  return { ...rest, carriers: [component, ...carriers] };
}
