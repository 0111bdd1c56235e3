import semver from 'semver';

/** Kinds of updates. */
export type UpdateKind = 'same' | 'downgrade' | 'prerelease' | 'patch' | 'minor' | 'major';

/**
 * Returns the kind of an update from one version to another. Below 1.0.0 the leftmost number that is not zero counts as the
 * major one, as in a caret range: 0.1.0 → 0.2.0 is `major`, 0.1.0 → 0.1.1 is `patch`, 0.0.1 → 0.0.2 is `major`. Between two
 * pre-releases of one version, and from one to its release, it is `prerelease`, which promises nothing.
 * @example
 * console.log(updateKind('0.1.0', '0.2.0'), updateKind('1.0.0', '1.0.1')); // prints: major patch
 */
export function updateKind(from: string, to: string): UpdateKind {
  const a = semver.parse(from, {}, true);
  const b = semver.parse(to, {}, true);
  const order = semver.compare(a, b);
  if (order === 0) return 'same';
  if (order > 0) return 'downgrade';
  if (a.major !== b.major) return 'major';
  if (a.minor !== b.minor) return a.major === 0 ? 'major' : 'minor';
  if (a.patch !== b.patch) return a.major === 0 && a.minor === 0 ? 'major' : 'patch';
  return 'prerelease';
}
