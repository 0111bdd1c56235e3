import { nearestName, printable } from '@wasm-plugin/abi';
import { splitVersion } from '../component/index.js';

/** So many names that were given are listed. */
const MOST_LISTED = 5;

/**
 * Returns advice about an import that the host does not give, out of the given ones: the same interface in another version, a
 * name that is nearly the same, or else a list.
 */
export function importHint(name: string, given: readonly string[]): string {
  const { path, versionText } = splitVersion(name);
  const sameInterface = given.find((key) => splitVersion(key).path === path);
  if (sameInterface !== undefined) {
    return versionText === undefined
      ? `; it gives "${sameInterface}", but the component names no version: give it as "${path}"`
      : `; it gives "${sameInterface}", which is not compatible; give "${name}", or "${path}" for every version`;
  }
  return nearestHint(name, given) ?? `; give it as imports: { ${JSON.stringify(printable(name))}: … }`;
}

/** The same for a member of a host's object. */
export function memberHint(key: string, holder: object): string {
  return nearestHint(key, Object.keys(holder)) ?? '';
}

function nearestHint(name: string, given: readonly string[]): string | undefined {
  const nearest = nearestName(name, given);
  if (nearest !== undefined) return `; it gives ${JSON.stringify(printable(nearest))}: is that meant?`;
  if (given.length === 0) return undefined;
  const listed = given.slice(0, MOST_LISTED).map((key) => JSON.stringify(printable(key)));
  return `; it gives ${listed.join(', ')}${given.length > MOST_LISTED ? ', …' : ''}`;
}
