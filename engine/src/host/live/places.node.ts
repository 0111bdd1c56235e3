import { stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { MANIFEST_FILE, PACKED_SUFFIX } from '@wasm-plugin/abi/package';
import { chokidarEvents, polling, type EventSource } from '../../reload/index.node.js';
import { SYSTEM_CLOCK, type Clock } from '../../reload/index.js';
import { candidates } from '../scan.node.js';

/**
 * Lists the places of plugins in a folder, by their path below it.
 * @returns `undefined` where there is no such folder
 * @throws {Error} it cannot be read
 */
export async function placesIn(folder: string): Promise<Map<string, string> | undefined> {
  try {
    const paths = await candidates(folder);
    return new Map(paths.map((path) => [relative(folder, path).replaceAll(sep, '/'), 'plugin']));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes the source of the events by which places appear and go: a manifest or a packed plugin, in the folder or a scope. */
export function placeEvents({
  pollMs,
  clock = SYSTEM_CLOCK,
}: {
  pollMs?: number;
  clock?: Clock;
}): EventSource {
  return pollMs === undefined ? chokidarEvents(isBelowPlaces) : polling(clock, pollMs);
}

/** Returns whether a path below a folder lies inside a plugin, where nothing makes it one. */
export function isBelowPlaces(path: string): boolean {
  const parts = path.split('/');
  const depth = parts[0]?.startsWith('@') === true ? 2 : 1;
  if (parts.length <= depth) return /^[._]/.test(parts.at(-1) as string);
  return parts.length > depth + 1 || parts.at(-1) !== MANIFEST_FILE;
}

/** Returns whether a path is that of a plugin now. */
export async function isPlace(path: string): Promise<boolean> {
  if (/^[._]/.test(basename(path)) || dirname(path) === path) return false;
  const wanted = path.endsWith(PACKED_SUFFIX) ? path : join(path, MANIFEST_FILE);
  return await stat(wanted).then(
    () => true,
    () => false,
  );
}
