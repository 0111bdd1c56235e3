import {
  createIsolatedEngine,
  type IsolatedEngine,
  type IsolatedEngineOptions,
} from './create-isolated-engine.node.js';
import type { HostImports } from '../link/index.js';
import { createEngine as createPlainEngine, type Engine, type EngineOptions } from './engine.js';

/**
 * Makes an engine whose instances each run in a thread of their own, see `createIsolatedEngine`.
 * @throws {PluginError} WP_LIMITS
 */
export function createEngine<Imports extends object = HostImports>(
  options: IsolatedEngineOptions<Imports> & { isolation: 'worker' },
): IsolatedEngine;
/**
 * Makes an engine.
 * @typeParam Imports the type of `options.imports`
 * @throws {AbiError} WP_ABI_WORLD
 * @throws {PluginError} WP_LIMITS
 */
export function createEngine<Imports extends object = HostImports>(options?: EngineOptions<Imports>): Engine;
export function createEngine(
  options: EngineOptions | (IsolatedEngineOptions & { isolation: 'worker' }) = {},
): Engine | IsolatedEngine {
  if (options.isolation === 'worker') return createIsolatedEngine(options);
  return createPlainEngine(options);
}
