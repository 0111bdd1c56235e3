import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { Clock } from '../clock.js';

/** Calls `event` for each event below a path until it is closed. */
export type EventSource = (
  path: string,
  on: { event: () => void; error: (error: unknown) => void },
) => Promise<{
  /** Begins anew, since links lead elsewhere now. */
  renew?(): Promise<void>;
  close(): Promise<void>;
}>;

/** Time between two looks whether the watched folder is still the same one, in milliseconds. */
const LOOK_MS = 500;

/**
 * Reports events by chokidar, which is loaded when something is watched: an embedder that watches nothing pays nothing. A
 * watched folder that is removed, renamed or replaced is watched anew once there is one at its path. It keeps the process alive.
 */
export function chokidarEvents(isIgnored: (path: string) => boolean): EventSource {
  return async (path, on) => {
    const { watch: watchFiles } = await import('chokidar');
    const begin = async (): Promise<{ close(): Promise<void> }> => {
      const watcher = watchFiles(path, {
        ignoreInitial: true,
        ignored: (file) => {
          const below = relative(path, file).replaceAll(sep, '/');
          return below !== '' && isIgnored(below);
        },
      });
      watcher.on('all', () => on.event());
      watcher.on('error', on.error);
      await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
      return watcher;
    };
    let known = await identityOf(path);
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
    const timer = setInterval(() => {
      void identityOf(path).then((now) => {
        if (now === known) return;
        known = now;
        if (now !== undefined) renew().catch(on.error);
      });
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

async function identityOf(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && `${found.dev} ${found.ino}`;
}
