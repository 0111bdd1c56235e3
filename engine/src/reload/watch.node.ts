import { basename } from 'node:path';
import { SYSTEM_CLOCK, type Clock } from './clock.js';
import { contentHash, isPassedOver } from './content-hash.node.js';

/** How files are watched. */
export interface WatchOptions {
  /** Quiet time after the last event before anything is looked at. @default 50 */
  readonly debounceMs?: number;
  /** How long the content has to stay the same, so that nothing half-written is taken. @default 50 */
  readonly settleMs?: number;
  readonly clock?: Clock;
  /** Tells of events below a path. @default chokidar */
  readonly source?: EventSource;
  /** Hashes what is at a path; `undefined` where nothing is. @default SHA-256 of the names and contents of all files */
  readonly hash?: (path: string) => Promise<string | undefined>;
  /** Called where a file cannot be read or watched, and where `onChange` throws. @default nothing */
  readonly onError?: (error: unknown) => void;
}

/** Calls `onEvent` for each event below a path until it is closed. */
export type EventSource = (
  path: string,
  on: { event: () => void; error: (error: unknown) => void },
) => Promise<{ close(): Promise<void> }>;

/** chokidar swallows what happens to a file within 50 ms of an event that it has told. */
const BLIND_MS = 60;

/** A file or folder that is watched. */
export interface Watch {
  /** Looks now, as if there had been an event. */
  look(): void;
  /** Ends once the change that is being taken is taken. */
  close(): Promise<void>;
}

/**
 * Watches a file or a folder, and tells when its content has changed and is no longer being written. A file that was only
 * touched is no change. While a change is being taken the next one waits; several that come meanwhile are one.
 * @param onChange is given a hash of the content
 */
export async function watch(
  path: string,
  onChange: (hash: string) => unknown,
  options: WatchOptions = {},
): Promise<Watch> {
  const { debounceMs = 50, settleMs = 50, clock = SYSTEM_CLOCK, source = chokidarEvents, onError } = options;
  const { hash: hashOf = contentHash } = options;
  let known = await hashOf(path);
  let lastEvent = -Infinity;
  let cancel: (() => void) | undefined;
  let closed = false;
  let taking: Promise<void> | undefined;
  let again = false;

  const later = (delayMs: number, work: () => Promise<void>): void => {
    cancel?.();
    if (!closed) cancel = clock.after(delayMs, () => start(work));
  };
  const start = (work: () => Promise<void>): void => {
    if (taking !== undefined) {
      again = true;
      return;
    }
    taking = work()
      .catch((error: unknown) => onError?.(error))
      .finally(() => {
        taking = undefined;
        if (again) look();
        again = false;
      });
  };
  const look = (): void => later(debounceMs, first);
  const first = async (): Promise<void> => {
    const hash = await hashOf(path);
    if (hash !== undefined && hash !== known) later(settleMs, () => second(hash));
    else lookAgain();
  };
  const second = async (before: string): Promise<void> => {
    const hash = await hashOf(path);
    if (hash !== before) {
      look();
      return;
    }
    known = hash;
    lookAgain();
    await onChange(hash);
  };
  const lookAgain = (): void => {
    const restMs = lastEvent + BLIND_MS - clock.now();
    if (restMs > 0) later(restMs, first);
  };
  const onEvent = (): void => {
    lastEvent = clock.now();
    look();
  };

  const events = await source(path, { event: onEvent, error: (error) => onError?.(error) });
  // What changed before the events began is not told by any.
  look();
  return {
    look,
    async close() {
      closed = true;
      cancel?.();
      await events.close();
      await taking;
    },
  };
}

/** Loaded when something is watched: an embedder that watches nothing pays nothing. */
async function chokidarEvents(
  path: string,
  on: Parameters<EventSource>[1],
): Promise<{ close(): Promise<void> }> {
  const { watch: watchFiles } = await import('chokidar');
  const watcher = watchFiles(path, {
    ignoreInitial: true,
    ignored: (each) => each !== path && isPassedOver(basename(each)),
  });
  watcher.on('all', () => on.event());
  watcher.on('error', on.error);
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  return watcher;
}
