import { SYSTEM_CLOCK, type Clock } from '../clock.js';
import { Changes } from './changes.js';
import { readContent, type Content } from './content.node.js';
import { chokidarEvents, polling, type EventSource } from './file-events.node.js';
import { ignoring } from './ignore.node.js';

/** Options of `watch`. */
export interface WatchOptions {
  /** Quiet time after the last event before anything is looked at. @default 50 */
  readonly debounceMs?: number;
  /** The longest that events which do not end put a look off. @default 1,000 */
  readonly mostDelayMs?: number;
  /** Time in milliseconds that the content has to stay the same, so that nothing half-written is taken. @default 50 */
  readonly settleMs?: number;
  /** Names and paths that are passed over beside those of tools, e.g. `*.log`, `out/cache`. @see ignoring */
  readonly ignore?: readonly string[];
  /** Paths below it that are not passed over, e.g. the entry of a manifest. */
  readonly keep?: readonly string[];
  /**
   * Looks so often in place of waiting for events, for file systems that tell nothing: shared folders of virtual machines,
   * network drives. @default events
   */
  readonly pollMs?: number;
  readonly clock?: Clock;
  /** Source of events below a path. @default chokidar, or a timer with `pollMs` */
  readonly source?: EventSource;
  /** Reads the content of a path; `undefined` if nothing is there. @default every file, by its SHA-256 */
  readonly read?: (path: string) => Promise<Content | undefined>;
  /** Called if a file cannot be watched, and if `onChange` throws. @default nothing */
  readonly onError?: (error: unknown) => void;
}

/** A change at a watched path. */
export interface FileChange {
  /** Paths below it; `''` for itself. None if nothing has changed and `take` was called. */
  readonly files: readonly string[];
  /**
   * Notes that the work on the change, e.g. a build, has ended: later writes are no echo of it. Otherwise all writes until
   * `onChange` settles may be one.
   */
  built(): Promise<void>;
}

/** chokidar reports no further events of a file within 50 ms of one. */
const BLIND_MS = 60;

/** A file or folder that is watched. */
export interface Watch {
  /** Looks now, as if there had been an event. */
  look(): void;
  /** Takes the present content as if it had just changed, after the change that is being taken. */
  take(): Promise<void>;
  /** Ends once the change that is being taken is taken. */
  close(): Promise<void>;
}

/**
 * Watches a file or a folder, and reports that its content has changed and is no longer being written. A file that was only
 * touched is no change. While a change is being taken the next one waits; several that come meanwhile are one.
 *
 * Files that change repeatedly without a difference, or each time that a change is taken, are taken ever more rarely, at least
 * once a minute: a build that writes into the watched folder does not run without end. A file that never stops being written
 * delays others for `mostDelayMs` at most.
 * @param onChange returns `false`, or a promise of it, if the change made no difference
 */
export async function watch(
  path: string,
  onChange: (change: FileChange) => unknown,
  options: WatchOptions = {},
): Promise<Watch> {
  const { pollMs, clock = SYSTEM_CLOCK } = options;
  const isIgnored = ignoring(path, options);
  const {
    source = pollMs === undefined ? chokidarEvents(isIgnored) : polling(clock, pollMs),
    read = (path: string) => readContent(path, isIgnored),
  } = options;
  const watching = new Watching(path, { onChange, options: { ...options, clock, read } });
  await watching.begin(source);
  return watching;
}

type Resolved = WatchOptions & Required<Pick<WatchOptions, 'clock' | 'read'>>;

class Watching implements Watch {
  readonly #path: string;
  readonly #options: Resolved;
  readonly #onChange: (change: FileChange) => unknown;
  #changes = new Changes(undefined);
  #events: Awaited<ReturnType<EventSource>> | undefined;
  #lastEvent = -Infinity;
  /** Time of the first event that was not looked at yet. */
  #waitingSince: number | undefined;
  /** Time of the first change that is not taken yet. */
  #pendingSince: number | undefined;
  #cancel: (() => void) | undefined;
  /** True if the second look at a change is still to come: it sees all later changes. */
  #settling = false;
  #closed = false;
  #working: Promise<void> | undefined;
  #again = false;
  #takenAt = -Infinity;

  constructor(path: string, watched: { onChange: (change: FileChange) => unknown; options: Resolved }) {
    this.#path = path;
    this.#onChange = watched.onChange;
    this.#options = watched.options;
  }

  async begin(source: EventSource): Promise<void> {
    const { read, clock, onError } = this.#options;
    this.#changes = new Changes(await read(this.#path));
    this.#events = await source(this.#path, {
      event: () => {
        this.#lastEvent = clock.now();
        if (!this.#settling) this.look();
      },
      error: (error) => onError?.(error),
    });
    // No event reports a change from before they began.
    this.look();
  }

  look(): void {
    const { clock, debounceMs = 50, mostDelayMs = 1000 } = this.#options;
    const now = clock.now();
    this.#waitingSince ??= now;
    this.#later(Math.max(0, Math.min(debounceMs, this.#waitingSince + mostDelayMs - now)), () =>
      this.#first(),
    );
  }

  async take(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
    this.#start(() => this.#give([]));
    await this.#working;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel?.();
    await this.#events?.close();
    await this.#working;
  }

  #later(delayMs: number, work: () => Promise<void>): void {
    this.#cancel?.();
    if (!this.#closed) this.#cancel = this.#options.clock.after(delayMs, () => this.#start(work));
  }

  #start(work: () => Promise<void>): void {
    if (this.#working !== undefined) {
      this.#again = true;
      return;
    }
    this.#waitingSince = undefined;
    this.#working = work()
      .catch((error: unknown) => this.#options.onError?.(error))
      .finally(() => {
        this.#working = undefined;
        if (this.#again) this.look();
        this.#again = false;
      });
  }

  async #first(): Promise<void> {
    const { read, clock, settleMs = 50 } = this.#options;
    const content = await read(this.#path);
    if (content === undefined || this.#changes.since(content).length === 0) {
      this.#pendingSince = undefined;
      this.#lookAgain();
      return;
    }
    this.#pendingSince ??= clock.now();
    this.#settling = true;
    this.#later(settleMs, () => this.#second(content));
  }

  async #second(before: Content): Promise<void> {
    const { read, clock, mostDelayMs = 1000 } = this.#options;
    this.#settling = false;
    const content = await read(this.#path);
    if (content === undefined) {
      this.#lookAgain();
      return;
    }
    const changed = this.#changes.since(content);
    const settled = changed.filter((name) => before.get(name) === content.get(name));
    const isLate = clock.now() - (this.#pendingSince ?? Infinity) >= mostDelayMs;
    if (settled.length === 0 || (settled.length < changed.length && !isLate)) {
      this.look();
      return;
    }
    const restMs = this.#takenAt + this.#changes.restOf(settled) - clock.now();
    if (restMs > 0) {
      this.#later(restMs, () => this.#first());
      return;
    }
    this.#pendingSince = undefined;
    this.#changes.take(settled, content);
    this.#lookAgain();
    const isLink = settled.some((name) => content.get(name)?.startsWith('link '));
    if (isLink) await this.#events?.renew?.();
    await this.#give(settled);
  }

  async #give(files: readonly string[]): Promise<void> {
    const { read, clock } = this.#options;
    let result: unknown;
    let isBuilt = false;
    const built = async (): Promise<void> => {
      isBuilt = true;
      const content = await read(this.#path);
      if (content !== undefined) this.#changes.wrote(content);
    };
    try {
      result = await this.#onChange({ files, built });
    } finally {
      this.#takenAt = clock.now();
      const content = await read(this.#path);
      this.#changes.taken(result !== false);
      if (content !== undefined) {
        if (!isBuilt) this.#changes.wrote(content);
        this.#again ||= this.#changes.since(content).length > 0;
      }
    }
  }

  #lookAgain(): void {
    const restMs = this.#lastEvent + BLIND_MS - this.#options.clock.now();
    if (restMs > 0) this.#later(restMs, () => this.#first());
  }
}
