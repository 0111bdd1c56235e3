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

/**
 * Chooses what to run on a machine: the first fitting entry of `platforms`, else `entry`, else the first fallback whose
 * carrier the host has.
 * @throws {PluginError} WP_CARRIER
 */
export function resolveEntry(
  manifest: Manifest,
  { platform, carriers }: { platform?: Platform | undefined; carriers: Iterable<string> },
): Entry {
  const available = new Set(carriers);
  const { carrier, fallbacks } = manifest;
  const native = manifest.platforms.find((each) => platform !== undefined && fits(each, platform));
  const own = native?.entry ?? manifest.entry;
  const candidates = own === undefined ? fallbacks : [{ carrier, entry: own }, ...fallbacks];
  const chosen = candidates.find((candidate) => available.has(candidate.carrier));
  if (chosen !== undefined) return chosen;
  throw new PluginError(
    'WP_CARRIER',
    `Cannot run "${manifest.id}": ${reason(manifest, own, platform, available)}`,
    {
      plugin: manifest.id,
    },
  );
}

function fits({ os, cpu, libc }: PlatformEntry, platform: Platform): boolean {
  return [
    [os, platform.os],
    [cpu, platform.cpu],
    [libc, platform.libc],
  ].every(([wanted, found]) => wanted === undefined || wanted === found);
}

function reason(
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
