import { PluginError } from '@wasm-plugin/abi';
import type { FunctionType, ValueType } from '../value/index.js';
import type { OfferedFunction } from './hello.js';

/** Returns true if a function takes or returns handles of resources: its calls belong to one instance. */
export function hasHandles({ params, result }: FunctionType): boolean {
  return params.some(([, type]) => hasHandle(type)) || (result !== undefined && hasHandle(result));
}

/**
 * Refuses a plugin with resources for a way of calling that has no instance of the caller's own.
 * @throws {PluginError} WP_CARRIER with the name of the first such function
 */
export function refuseHandles(
  functions: readonly OfferedFunction[],
  { plugin, way, instead }: { plugin: string; way: string; instead: string },
): void {
  const found = functions.find(hasHandles);
  if (found === undefined) return;
  const name = found.interface === '' ? found.name : `${found.interface}#${found.name}`;
  const reason = `"${name}" has resources, which belong to one instance; ${instead}`;
  throw new PluginError('WP_CARRIER', `Cannot call "${plugin}" by ${way}: ${reason}`, { plugin });
}

function hasHandle(type: ValueType): boolean {
  if (typeof type === 'string') return false;
  if ('own' in type || 'borrow' in type) return true;
  if ('list' in type) return hasHandle(type.list);
  if ('option' in type) return hasHandle(type.option);
  if ('tuple' in type) return type.tuple.some(hasHandle);
  if ('record' in type) return type.record.some(([, part]) => hasHandle(part));
  if ('variant' in type) return type.variant.some(([, part]) => part !== undefined && hasHandle(part));
  if ('result' in type)
    return [type.result.ok, type.result.err].some((part) => part !== undefined && hasHandle(part));
  return false;
}
