import { PluginError } from '../errors.js';
import { isVersion } from '../version/index.js';

/** The name of a lock file in a folder of plugins. Names that begin with `.` are no plugins. */
export const LOCK_FILE = '.wasm-plugin-lock.json';

/** One plugin in a lock file. */
export interface LockedPlugin {
  readonly version: string;
  /** The SHA-256 of the plugin's `SHA256SUMS`, so of everything in it. */
  readonly sha256: string;
  /** The registry that it is from. */
  readonly registry: string;
  /** The file in the folder. */
  readonly file: string;
  /** The range that was asked for; not there if only other plugins need it. */
  readonly wanted?: string;
  /** The ranges of the plugins that it needs. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Plugins by id. */
export type Lock = ReadonlyMap<string, LockedPlugin>;

const FORMAT = 1;

/**
 * Reads a lock file.
 * @throws {PluginError} WP_LOCK
 */
export function parseLock(text: string, source: string): Map<string, LockedPlugin> {
  const refuse = (reason: string, cause?: unknown): PluginError =>
    new PluginError('WP_LOCK', `Cannot read the lock file "${source}": ${reason}`, { cause });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse('it is not JSON', error);
  }
  if (!isObject(value) || !isObject(value['plugins'])) throw refuse('it has no object "plugins"');
  if (value['format'] !== FORMAT)
    throw refuse(`its "format" is ${JSON.stringify(value['format'])}; this version reads ${FORMAT}`);
  const lock = new Map<string, LockedPlugin>();
  for (const [id, plugin] of Object.entries(value['plugins'])) {
    if (!isLocked(plugin)) throw refuse(`its entry ${JSON.stringify(id)} is not whole`);
    lock.set(id, plugin);
  }
  return lock;
}

/** Writes a lock file. The same plugins give the same text. */
export function lockText(lock: Lock): string {
  const plugins = Object.fromEntries([...lock].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ format: FORMAT, plugins }, undefined, 2)}\n`;
}

function isLocked(value: unknown): value is LockedPlugin {
  if (!isObject(value)) return false;
  const { version, sha256, registry, file, wanted, dependencies } = value;
  return (
    typeof version === 'string' &&
    isVersion(version) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    typeof registry === 'string' &&
    typeof file === 'string' &&
    /^[^/\\.][^/\\]*$/.test(file) &&
    (wanted === undefined || typeof wanted === 'string') &&
    isObject(dependencies) &&
    Object.values(dependencies).every((range) => typeof range === 'string')
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
