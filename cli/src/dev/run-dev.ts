import { watch } from '@wasm-plugin/engine/reload';
import { readPackage } from '@wasm-plugin/engine/host';
import { directoryFiles } from '@wasm-plugin/abi/package';
import { builderOf } from '../build/index.js';
import type { Io } from '../io.js';
import { DevSession, type DevOptions } from './dev-session.js';
import { DevView } from './dev-view.js';

export { type DevOptions } from './dev-session.js';

/** How often the last line of a terminal is brought up to date. */
const REFRESH_MS = 250;

/**
 * Builds a plugin, runs it, and replaces it by what its sources make each time that they change, until it is told to stop.
 * @throws {ManifestError} WP_MANIFEST the folder is no plugin
 */
export async function runDev(
  folder: string,
  { stop, json, ...options }: DevOptions & { stop: AbortSignal; json: boolean },
  io: Io,
): Promise<void> {
  const { manifest } = await readPackage(directoryFiles(folder));
  const view = new DevView(io, { json });
  const how = builderOf({ folder, manifest })?.name ?? 'as it is';
  view.watching(manifest.id, { folder, how });
  const session = new DevSession(folder, options, view);
  // Before the first build: what changes meanwhile is built after it.
  const watched = await watch(folder, () => session.take(), {
    onError: (error) => view.fail('watch', error),
  });
  await session.take();
  const calls = session.startCalling();
  const refresh = view.isLive ? setInterval(() => view.refresh(), REFRESH_MS) : undefined;
  try {
    await new Promise<void>((resolve) => {
      if (stop.aborted) resolve();
      else stop.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    clearInterval(calls);
    clearInterval(refresh);
    await watched.close();
    await session.close();
    view.end();
  }
}
