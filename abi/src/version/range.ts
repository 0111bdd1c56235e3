import semver from 'semver';

/** Tells whether a text is a range of versions. */
export function isRange(text: string): boolean {
  return semver.validRange(text) !== null;
}

/** Tells whether a text is a version. */
export function isVersion(text: string): boolean {
  return semver.valid(text) !== null;
}

/**
 * Tells whether a version lies in a range. A pre-release lies in it only if the range names one of the same version,
 * as npm has it; `*` takes every version.
 */
export function satisfies(version: string, range: string): boolean {
  return range === '*' || semver.satisfies(version, range);
}

/**
 * Tells whether a host of that version may run what asks for a range of hosts. Here a pre-release lies in every range around
 * it: `1.0.0-beta.1` in `>=0.9.0` and `<1.0.0`, not in `>=1.0.0`. Nobody chooses among hosts, and a beta of one that refused
 * every plugin could not be tried.
 */
export function satisfiesAsHost(version: string, range: string): boolean {
  return range === '*' || semver.satisfies(version, range, { includePrerelease: true });
}

/** Gives the highest of the versions that lie in a range. */
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
