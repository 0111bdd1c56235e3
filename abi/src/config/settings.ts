import type { Json } from '../json-schema/index.js';
import type { ConfigValues } from './resolve-config.js';

/** A setting as a plugin sees it; see `abi/wit/config.wit`. */
export interface Setting {
  readonly key: string;
  readonly value: string;
}

/**
 * Turns a configuration into settings, in ascending order of the bytes of their keys: members of an object are joined by
 * dots (`cache.size`), text is as it is, everything else is JSON.
 */
export function settingsFrom(values: ConfigValues): Setting[] {
  return [...flatten(values, '')].sort((a, b) => compareBytes(a.key, b.key));
}

function* flatten(values: ConfigValues, prefix: string): Generator<Setting> {
  for (const [name, value] of Object.entries(values)) {
    const key = prefix + name;
    if (isMembers(value)) yield* flatten(value, `${key}.`);
    else yield { key, value: typeof value === 'string' ? value : JSON.stringify(value) };
  }
}

function isMembers(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** By code points, which is the order of UTF-8 bytes and not that of UTF-16. */
function compareBytes(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Gives the settings that are new or have another value: what `lifecycle.configure` is told. */
export function changedSettings(before: readonly Setting[], after: readonly Setting[]): Setting[] {
  const old = new Map(before.map(({ key, value }) => [key, value]));
  return after.filter(({ key, value }) => old.get(key) !== value);
}
