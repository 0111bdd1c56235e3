import { once } from 'node:events';
import { directoryFiles } from '@wasm-plugin/abi/package';
import { readPackage } from '@wasm-plugin/engine/host';
import { builderOf } from '../build/index.js';
import type { Io } from '../io.js';
import { DevSession, type DevOptions, type DevWatchOptions } from './dev-session.js';
import { DevView } from './dev-view.js';

export { type DevOptions } from './dev-session.js';

/** Time between two refreshes of the terminal's last line. */
const REFRESH_MS = 250;
/** Period of the timer if there is no last line: it only keeps the process alive. */
const ALIVE_MS = 60_000;

/** Options of `runDev`. */
export interface RunDevOptions extends DevOptions, DevWatchOptions {
  stop: AbortSignal;
  json: boolean;
}

/**
 * Builds a plugin, runs it, and replaces it with a new build after each change of its sources, until the stop signal. A build
 * in progress is then given up.
 * @throws {ManifestError} WP_MANIFEST the folder is no plugin
 */
export async function runDev(
  folder: string,
  { stop, json, ignore, pollMs, ...options }: RunDevOptions,
  io: Io,
): Promise<void> {
  const { manifest } = await readPackage(directoryFiles(folder));
  const view = new DevView(io, { json });
  const builder = builderOf({ folder, manifest });
  view.watching(manifest.id, { folder, how: builder?.name ?? 'as it is' });
  const session = new DevSession(folder, { ...options, stop }, view);
  const stopped = stop.aborted ? Promise.resolve() : once(stop, 'abort');
  // Before the first build: changes during it are built after it.
  const watched = await session.watch(manifest, { ignore, pollMs });
  const alive = setInterval(() => view.refresh(), view.isLive ? REFRESH_MS : ALIVE_MS);
  let calls: NodeJS.Timeout | undefined;
  try {
    await Promise.race([watched.take(), stopped]);
    if (!stop.aborted) calls = session.startCalling();
    await stopped;
  } finally {
    clearInterval(calls);
    clearInterval(alive);
    await watched.close();
    await session.close();
    view.end();
  }
}
