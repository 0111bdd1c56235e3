import { CompatibleNames, splitVersion } from './compatible-names.js';
import { compareVersions, versionFrom } from './version.js';

/**
 * The names of the interfaces that are there, and the one rule by which another name finds one of them. It holds for the
 * handles that callers keep, calls that are made again, what a manifest promises, realtime lanes, limits, and imports:
 *
 * - `a:b/c@1.0.0` finds itself, else the newest version that is compatible with it. Versions are compatible if they share the
 *   major version, or the minor one below 1.0.0; below 0.1.0, and if one is a pre-release, only equal ones are.
 * - `a:b/c` finds itself, else the newest version of all.
 * - Among what a host gives as imports, `a:b/c` goes for every version that is not there itself: `findGiven`.
 * @example
 * const names = new InterfaceNames(['acme:eq/bands@1.2.0', 'acme:eq/bands@2.0.0']);
 * console.log(names.find('acme:eq/bands@1.0.0')); // prints: acme:eq/bands@1.2.0
 */
export class InterfaceNames {
  readonly #names: ReadonlySet<string>;
  readonly #compatible = new CompatibleNames();
  readonly #byPath = new Map<string, string[]>();

  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
    for (const name of this.#names) {
      this.#compatible.add(name);
      const { path } = splitVersion(name);
      const versions = this.#byPath.get(path);
      if (versions === undefined) this.#byPath.set(path, [name]);
      else versions.push(name);
    }
    for (const versions of this.#byPath.values()) versions.sort(newestFirst);
  }

  /** Returns the name that is there for another one. */
  find(name: string): string | undefined {
    if (this.#names.has(name)) return name;
    return isVersioned(name) ? this.#compatible.find(name) : this.versionsOf(name)[0];
  }

  /** Returns the host's name for an import. */
  findGiven(name: string): string | undefined {
    if (this.#names.has(name)) return name;
    if (!isVersioned(name)) return undefined;
    const { path } = splitVersion(name);
    return this.#names.has(path) ? path : this.#compatible.find(name);
  }

  /** Returns every name of an interface, the newest version first. @param path its name without a version */
  versionsOf(path: string): readonly string[] {
    return this.#byPath.get(path) ?? [];
  }
}

/** Returns true if a name is that of an interface, in any version. @param path the name without a version */
export function isVersionOf(name: string, path: string): boolean {
  return name === path || name.startsWith(`${path}@`);
}

function isVersioned(name: string): boolean {
  return name.includes('@');
}

/** A name without a version comes first, one whose version is none last. */
function newestFirst(a: string, b: string): number {
  const [one, other] = [splitVersion(a).versionText, splitVersion(b).versionText];
  if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
  const [left, right] = [versionFrom(one), versionFrom(other)];
  if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
  const order = compareVersions(right, left);
  return order === 0 ? Number(left.prerelease !== '') - Number(right.prerelease !== '') : order;
}
