import type { Json } from '../json-schema/index.js';

/**
 * Applies a change to a written configuration: members of objects one by one, everything else as a whole. `null` removes a
 * member, so that its default holds again (JSON Merge Patch, RFC 7396).
 * @example
 * console.log(JSON.stringify(mergeConfig({ gain: 1, eq: { low: 2, high: 3 } }, { eq: { high: null } }))); // prints: {"gain":1,"eq":{"low":2}}
 */
export function mergeConfig(written: Json | undefined, change: Json): Json {
  if (!isMembers(change)) return change;
  const merged = new Map<string, Json>(isMembers(written) ? Object.entries(written) : []);
  for (const [key, value] of Object.entries(change)) {
    if (value === null) merged.delete(key);
    else if (value !== undefined) merged.set(key, mergeConfig(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

function isMembers(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
