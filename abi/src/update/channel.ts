import semver from 'semver';

/** The channels from the steadiest to the newest. A follower of one also takes versions of the steadier ones. */
export const CHANNELS = ['stable', 'rc', 'beta', 'alpha', 'nightly'] as const;

/**
 * Returns the channel of a version, by its pre-release tag: `1.2.0-beta.3` → `beta`, `1.2.0` → `stable`. A tag that is a bare
 * number counts as `alpha`.
 * @example
 * console.log(channelOf('1.2.0-beta.3'), channelOf('1.2.0')); // prints: beta stable
 */
export function channelOf(version: string): string {
  const tag = semver.prerelease(version)?.[0];
  if (tag === undefined) return 'stable';
  return typeof tag === 'number' ? 'alpha' : tag.toLowerCase();
}

/**
 * Returns true if a follower of the channel takes the version. A channel that is not in `CHANNELS` takes its own versions and
 * stable ones.
 * @example
 * console.log(takesFrom('beta', '1.2.0'), takesFrom('beta', '1.3.0-alpha.1')); // prints: true false
 */
export function takesFrom(channel: string, version: string): boolean {
  const found = channelOf(version);
  if (found === channel || found === 'stable') return true;
  const names: readonly string[] = CHANNELS;
  return names.includes(found) && names.indexOf(found) <= names.indexOf(channel);
}
