import type { Json } from '../json-schema/index.js';
import type { ConfigValues } from './config-values.js';

/** A setting as a plugin sees it; see `abi/wit/config.wit`. */
export interface Setting {
  readonly key: string;
  readonly value: string;
}

/**
 * Turns a configuration into settings, in ascending order of the bytes of their keys: members of an object are joined by
 * dots (`cache.size`), text is as it is, everything else is JSON, also an object without members: `{}`. No key is there twice,
 * since `resolveConfig` refuses names with a dot.
 */
export function settingsFrom(values: ConfigValues): Setting[] {
  return [...flatten(values, '')].sort((a, b) => compareBytes(a.key, b.key));
}

function* flatten(values: ConfigValues, prefix: string): Generator<Setting> {
  for (const [name, value] of Object.entries(values)) {
    const key = prefix + name;
    if (isMembers(value) && Object.keys(value).length > 0) yield* flatten(value, `${key}.`);
    else yield { key, value: typeof value === 'string' ? value : JSON.stringify(value) };
  }
}

/** Returns true for an object with named members, false for arrays, `null` and scalars. */
export function isMembers(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Orders texts as their UTF-8 bytes are ordered, which is the order of code points. */
function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) return rankOf(left) - rankOf(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all those of one unit. */
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

/** Returns the settings that are new or have another value: the argument of `lifecycle.configure`. */
export function changedSettings(before: readonly Setting[], after: readonly Setting[]): Setting[] {
  const old = new Map(before.map(({ key, value }) => [key, value]));
  return after.filter(({ key, value }) => old.get(key) !== value);
}
