import { relative, sep } from 'node:path';
import type { Clock } from '../clock.js';
import { WatchedTree } from './watched-tree.node.js';

/** Calls `event` for each event below a path until it is closed. */
export type EventSource = (
  path: string,
  on: { event: () => void; error: (error: unknown) => void },
) => Promise<{
  /** Begins anew, since links lead elsewhere now. */
  renew?(): Promise<void>;
  close(): Promise<void>;
}>;

/** Time between two looks whether what is there is still watched, in milliseconds. */
const LOOK_MS = 500;

/**
 * Reports events by chokidar, which is loaded when something is watched: an embedder that watches nothing pays nothing. What is
 * removed, renamed or replaced, the path itself or a folder below it, is watched anew once something is there again. It keeps
 * the process alive.
 */
export function chokidarEvents(isIgnored: (path: string) => boolean): EventSource {
  return async (path, on) => {
    const { watch: watchFiles } = await import('chokidar');
    const begin = async (): Promise<{ tree: WatchedTree; close(): Promise<void> }> => {
      const watcher = watchFiles(path, {
        ignored: (file) => {
          const below = relative(path, file).replaceAll(sep, '/');
          return below !== '' && isIgnored(below);
        },
      });
      watcher.on('error', on.error);
      const tree = new WatchedTree(path, watcher);
      await tree.begin();
      watcher.on('all', () => on.event());
      return { tree, close: () => watcher.close() };
    };
    let watcher = await begin();
    let renewing = Promise.resolve();
    let closed = false;
    const renew = (): Promise<void> =>
      (renewing = renewing.then(async () => {
        if (closed) return;
        await watcher.close();
        watcher = await begin();
        on.event();
      }));
    const look = async (): Promise<void> => {
      if (await watcher.tree.isLost()) await renew();
    };
    let looking = false;
    const timer = setInterval(() => {
      if (looking) return;
      looking = true;
      look()
        .catch(on.error)
        .finally(() => (looking = false));
    }, LOOK_MS);
    return {
      renew,
      async close() {
        closed = true;
        clearInterval(timer);
        await renewing.catch(() => undefined);
        await watcher.close();
      },
    };
  };
}

/** Reports a possible change again and again, for file systems that report none. */
export function polling(clock: Clock, everyMs: number): EventSource {
  return async (_, { event }) => {
    let cancel: () => void;
    const next = (): void => {
      cancel = clock.after(everyMs, () => {
        event();
        next();
      });
    };
    next();
    return { close: async () => cancel() };
  };
}
