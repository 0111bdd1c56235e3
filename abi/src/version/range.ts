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

/** Gives the highest of the versions that lie in a range. */
export function highestIn(range: string, versions: Iterable<string>): string | undefined {
  return [...versions].filter((version) => satisfies(version, range)).sort(semver.rcompare)[0];
}

/** Orders versions, lowest first; for `sort`. Build metadata does not count. */
export function compareVersions(a: string, b: string): number {
  return semver.compare(a, b);
}
