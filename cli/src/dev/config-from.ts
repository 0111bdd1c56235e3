import { PluginError, type ConfigError } from '@wasm-plugin/abi';
import { resolveConfig, type ConfigValues } from '@wasm-plugin/abi/config';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import type { Setting } from '../run/index.js';

type Values = Record<string, unknown>;

/**
 * Turns the texts of `--config` into the values of a configuration. The schema of the plugin decides: a text stays a text
 * wherever that fits, as with `wasm-plugin run`; else it is read as JSON. `cache.size` is the member `size` of `cache`,
 * unless the schema has a setting of that very name.
 */
export function configFrom(settings: readonly Setting[], manifest: Manifest): ConfigValues {
  const values: Values = {};
  for (const { key, value } of settings) put(values, pathOf(key, manifest), value);
  for (const { key, value } of settings) {
    const json = jsonFrom(value);
    if (json === undefined) continue;
    const before = problemsOf(values, manifest);
    put(values, pathOf(key, manifest), json);
    if (problemsOf(values, manifest) >= before) put(values, pathOf(key, manifest), value);
  }
  return values as ConfigValues;
}

function pathOf(key: string, { configSchema }: Manifest): string[] {
  return Object.hasOwn(configSchema?.properties ?? {}, key) ? [key] : key.split('.');
}

function put(values: Values, path: readonly string[], value: unknown): void {
  let at = values;
  for (const name of path.slice(0, -1)) {
    if (!Object.hasOwn(at, name) || typeof at[name] !== 'object') define(at, name, {});
    at = at[name] as Values;
  }
  define(at, path.at(-1) as string, value);
}

/** `__proto__` is a name like any other. */
function define(object: Values, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

function problemsOf(values: Values, { id, configSchema }: Manifest): number {
  try {
    resolveConfig(values, { plugin: id, schema: configSchema });
    return 0;
  } catch (error) {
    if (!PluginError.is(error) || error.code !== 'WP_CONFIG') throw error;
    return (error as ConfigError).problems.length;
  }
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
