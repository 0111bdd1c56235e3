/** A semantic version. */
export interface Version {
  major: number;
  minor: number;
  patch: number;
  /** The pre-release part without its hyphen; empty if there is none. */
  prerelease: string;
}

/** Parses a semantic version. Returns `undefined` if `text` is none. */
export function versionFrom(text: string): Version | undefined {
  const [withoutBuild, build] = cut(text, '+');
  if (build !== undefined && !build.split('.').every(isIdentifier)) return undefined;
  const [core, prerelease] = cut(withoutBuild, '-');
  if (prerelease !== undefined && !prerelease.split('.').every(isPrereleaseIdentifier)) return undefined;
  const numbers = core.split('.');
  if (numbers.length !== 3 || !numbers.every(isNumber)) return undefined;
  const [major, minor, patch] = numbers.map(Number) as [number, number, number];
  return { major, minor, patch, prerelease: prerelease ?? '' };
}

/**
 * Returns the key of a version: versions of an interface with the same key can replace each other. It is the major version, or
 * the minor one below 1.0.0, or the whole version below 0.1.0 and for pre-releases.
 */
export function compatibilityTrack(version: Version): string {
  const { major, minor, patch, prerelease } = version;
  if (prerelease !== '') return `${major}.${minor}.${patch}-${prerelease}`;
  if (major > 0) return `${major}`;
  if (minor > 0) return `0.${minor}`;
  return `0.0.${patch}`;
}

/** Compares two versions of one compatibility track: negative if `a` is the older one. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

function cut(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

/** No version in the wild has longer numbers, and these stay exact. */
function isNumber(text: string): boolean {
  return /^(?:0|[1-9][0-9]{0,14})$/.test(text);
}

function isIdentifier(text: string): boolean {
  return /^[0-9A-Za-z-]+$/.test(text);
}

function isPrereleaseIdentifier(text: string): boolean {
  return isIdentifier(text) && !/^0[0-9]+$/.test(text);
}
