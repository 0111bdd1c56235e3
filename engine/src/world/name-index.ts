import {
  compareVersions,
  compatibilityTrack,
  parseExternName,
  type InterfaceName,
  type ResolvedItems,
} from '../component/index.js';

/** How many versions of an interface a message names. */
const MAX_NAMED = 5;

interface Versioned {
  name: string;
  version: NonNullable<InterfaceName['version']>;
}

/**
 * Finds imports or exports by name, where a compatible version of an interface stands in for another: versions are
 * compatible if they share the major version, or the minor one below 1.0.0.
 */
export class NameIndex {
  readonly items: ResolvedItems;
  /** The newest version on each compatibility track of each interface. */
  readonly #newest = new Map<string, Versioned>();
  /** Every name of each interface. */
  readonly #byPath = new Map<string, string[]>();

  constructor(items: ResolvedItems) {
    this.items = items;
    for (const name of items.keys()) this.#add(name);
  }

  /** Returns the name that stands in for `name`: the same, or else the newest compatible version. */
  find(name: string): string | undefined {
    if (this.items.has(name)) return name;
    const parsed = parseExternName(name);
    if (parsed.kind !== 'interface' || parsed.version === undefined) return undefined;
    return this.#newest.get(trackKey(parsed.path, parsed.version))?.name;
  }

  /** Returns names of the interface that `name` names, whatever their version. */
  versionsOf(name: string): string[] {
    const parsed = parseExternName(name);
    return parsed.kind === 'interface' ? (this.#byPath.get(parsed.path) ?? []).slice(0, MAX_NAMED) : [];
  }

  #add(name: string): void {
    const parsed = parseExternName(name);
    if (parsed.kind !== 'interface') return;
    const { path, version } = parsed;
    const names = this.#byPath.get(path);
    if (names === undefined) this.#byPath.set(path, [name]);
    else names.push(name);
    if (version === undefined) return;
    const key = trackKey(path, version);
    const newest = this.#newest.get(key);
    if (newest === undefined || compareVersions(version, newest.version) > 0) {
      this.#newest.set(key, { name, version });
    }
  }
}

function trackKey(path: string, version: Versioned['version']): string {
  return `${path}@${compatibilityTrack(version)}`;
}
