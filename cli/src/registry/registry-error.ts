import { PluginError, type ErrorCode } from '@wasm-plugin/abi';

/** Makes the error of a registry that cannot be used as it was meant to. */
export function registryError(
  registry: string,
  reason: string,
  { cause, code = 'WP_REGISTRY' }: { cause?: unknown; code?: ErrorCode } = {},
): PluginError {
  return new PluginError(code, `Cannot use the registry "${registry}": ${reason}`, { cause });
}

/** Makes the error of a version that is not there. */
export function noVersion(registry: string, id: string, version: string): PluginError {
  return new PluginError('WP_NOT_FOUND', `Cannot find "${id}" ${version} in the registry "${registry}"`);
}

/** Makes the error of a version that is there already. */
export function thereAlready(registry: string, id: string, version: string): PluginError {
  const advice = 'a version never changes; publish it under a higher one';
  return new PluginError(
    'WP_DUPLICATE',
    `Cannot publish "${id}" ${version}: the registry "${registry}" has it already; ${advice}`,
  );
}
