import { camelCase } from '@wasm-plugin/engine/component';

/** Returns the member of a WIT name, as WIT or as JavaScript writes it. Inherited properties are no members. */
export function memberOf(object: object, name: string): unknown {
  const given = object as Record<string, unknown>;
  const key = [name, camelCase(name)].find((each) => Object.hasOwn(given, each));
  return key === undefined ? undefined : given[key];
}
