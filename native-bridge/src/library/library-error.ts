import { PluginError } from '@wasm-plugin/abi';

/** Makes the error of a library that cannot be started, or that ended: WP_BRIDGE, unless it is one of wasm-plugin already. */
export function libraryError(
  name: string,
  reason: unknown,
  { starting = false }: { starting?: boolean } = {},
): PluginError {
  if (PluginError.is(reason)) return reason;
  const text = reason instanceof Error ? reason.message : String(reason);
  const message = `Cannot ${starting ? 'load' : 'go on with'} the library "${name}": ${text}`;
  return new PluginError('WP_BRIDGE', message, { plugin: name, instanceUsable: false, cause: reason });
}
