import { compareVersions, compatibilityTrack, versionFrom, type Version } from './version.js';

interface Place {
  /** The interface and its compatibility track, e.g. `wasi:cli/stdout@0.2`. */
  track: string;
  /** Left out by a name that says no more than its track. */
  version: Version | undefined;
}

/** A track that stands for all its versions. Below 0.1.0 each version is its own. */
const TRACK = /^(?:[1-9][0-9]*|0\.[1-9][0-9]*)$/;

/**
 * Names of interfaces with versions, where the newest compatible one stands in for another. `wasi:cli/stdout@0.2` and
 * `acme:fx/gain@1` stand for a whole track, and count as older than each version on it.
 */
export class CompatibleNames {
  readonly #newest = new Map<string, { name: string; version: Version | undefined }>();

  /** Adds a name; one that has no version is left out. */
  add(name: string): void {
    const place = placeOf(name);
    if (place === undefined) return;
    const { track, version } = place;
    const newest = this.#newest.get(track);
    if (newest === undefined || isNewer(version, newest.version)) this.#newest.set(track, { name, version });
  }

  /** Returns the newest name that is compatible with `name`. */
  find(name: string): string | undefined {
    const place = placeOf(name);
    return place && this.#newest.get(place.track)?.name;
  }
}

function placeOf(name: string): Place | undefined {
  const { path, versionText } = splitVersion(name);
  if (versionText === undefined) return undefined;
  const version = versionFrom(versionText);
  if (version !== undefined) return { track: `${path}@${compatibilityTrack(version)}`, version };
  return TRACK.test(versionText) ? { track: name, version } : undefined;
}

function isNewer(version: Version | undefined, than: Version | undefined): boolean {
  if (version === undefined) return false;
  return than === undefined || compareVersions(version, than) > 0;
}

/** Takes the version of an interface off its name: `a:b/c@1.0.0` → `a:b/c` and `1.0.0`. */
export function splitVersion(name: string): { path: string; versionText: string | undefined } {
  const at = name.indexOf('@');
  return at < 0
    ? { path: name, versionText: undefined }
    : { path: name.slice(0, at), versionText: name.slice(at + 1) };
}
