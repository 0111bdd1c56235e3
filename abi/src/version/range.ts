import semver from 'semver';

/** Returns true if a text is a range of versions. */
export function isRange(text: string): boolean {
  return semver.validRange(text) !== null;
}

/** Returns true if a text is a version. */
export function isVersion(text: string): boolean {
  return semver.valid(text) !== null;
}

/**
 * Returns true if a version lies in a range. As in npm, a pre-release lies in it only if the range names one of the same
 * version; `*` takes every version.
 * @example
 * console.log(satisfies('1.2.0', '^1.0.0'), satisfies('1.2.0-beta.1', '^1.0.0')); // prints: true false
 */
export function satisfies(version: string, range: string): boolean {
  return range === '*' || semver.satisfies(version, range);
}

/**
 * Returns true if a host of that version may run a plugin that asks for a range of hosts. Here a pre-release lies in every
 * range around it: `1.0.0-beta.1` in `>=0.9.0` and `<1.0.0`, not in `>=1.0.0`. Otherwise every plugin would refuse a beta of
 * the host, and nobody could try it.
 * @example
 * console.log(satisfiesAsHost('1.2.0-beta.1', '^1.0.0')); // prints: true
 */
export function satisfiesAsHost(version: string, range: string): boolean {
  return range === '*' || semver.satisfies(version, range, { includePrerelease: true });
}

/**
 * Returns the highest version that lies in a range; `undefined` if none does.
 * @example
 * console.log(highestIn('^1.0.0', ['1.0.0', '1.3.0', '2.0.0'])); // prints: 1.3.0
 */
export function highestIn(range: string, versions: Iterable<string>): string | undefined {
  return [...versions]
    .filter((version) => satisfies(version, range))
    .sort((a, b) => compareVersions(b, a))[0];
}

/**
 * Orders versions, lowest first; for `sort`. Versions that differ in build metadata alone are ordered by it, so that two of
 * them have one order wherever they come from.
 */
export function compareVersions(a: string, b: string): number {
  return semver.compareBuild(a, b);
}
