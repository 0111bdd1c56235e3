import { PluginError } from '../errors.js';
import type { Entry, Manifest, PlatformEntry } from './manifest.js';

/** A kind of machine, in Node's words. */
export interface Platform {
  /** As `process.platform`. */
  os: string;
  /** As `process.arch`. */
  cpu: string;
  /** Of Linux. */
  libc?: 'glibc' | 'musl' | undefined;
}

/** Kind of machine and carriers of the host that reads a manifest. */
export interface EntryOptions {
  platform?: Platform | undefined;
  carriers: Iterable<string>;
}

/**
 * Chooses the entry for a machine: the first of `resolveEntries`.
 * @throws {PluginError} WP_CARRIER
 */
export function resolveEntry(manifest: Manifest, options: EntryOptions): Entry {
  return resolveEntries(manifest, options)[0];
}

/**
 * Lists the entries that fit a machine, in the order in which to try them: the first fitting entry of `platforms`, or else
 * `entry`; then the fallbacks. Leaves out entries whose carrier the host does not have.
 * @throws {PluginError} WP_CARRIER no entry fits
 */
export function resolveEntries(
  manifest: Manifest,
  { platform, carriers }: EntryOptions,
): [Entry, ...Entry[]] {
  const available = new Set(carriers);
  const { carrier, fallbacks } = manifest;
  const native = manifest.platforms.find((each) => platform !== undefined && fits(each, platform));
  const own = native?.entry ?? manifest.entry;
  const candidates = own === undefined ? fallbacks : [{ carrier, entry: own }, ...fallbacks];
  const [first, ...others] = candidates.filter((candidate) => available.has(candidate.carrier));
  if (first !== undefined) return [first, ...others];
  const plugin = manifest.id;
  const reason = whyNone(manifest, own, platform, available);
  throw new PluginError('WP_CARRIER', `Cannot run "${plugin}": ${reason}`, { plugin, reason });
}

function fits({ os, cpu, libc }: PlatformEntry, platform: Platform): boolean {
  return [
    [os, platform.os],
    [cpu, platform.cpu],
    [libc, platform.libc],
  ].every(([wanted, found]) => wanted === undefined || wanted === found);
}

function whyNone(
  { carrier, platforms, fallbacks }: Manifest,
  own: string | undefined,
  platform: Platform | undefined,
  available: ReadonlySet<string>,
): string {
  const has = available.size === 0 ? 'none' : [...available].join(', ');
  if (own !== undefined) {
    const wanted = [carrier, ...fallbacks.map((each) => each.carrier)].join(' or ');
    return `it needs the carrier ${wanted}; the host has ${has}`;
  }
  const offered = platforms
    .map(({ os, cpu, libc }) => [os ?? '*', cpu ?? '*', libc].filter(Boolean).join('-'))
    .join(', ');
  const here =
    platform === undefined
      ? 'an unknown platform'
      : [platform.os, platform.cpu, platform.libc].filter(Boolean).join('-');
  return `it has entries for ${offered}; this is ${here}, and there is no fallback whose carrier the host has`;
}
