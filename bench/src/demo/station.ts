import { PluginError, type ReloadError } from '@wasm-plugin/abi';
import type { Instance, RealtimeLane } from '@wasm-plugin/engine';
import { Reloader, type ReloadSubject, type RunningVersion } from '@wasm-plugin/engine/reload';
import { BlockTimes } from './block-times.js';
import type { LaterVersion } from './plugins.js';

/** A version of a plugin that is ready for sound. */
export interface StationVersion extends RunningVersion {
  readonly file: string;
  readonly instance: Instance;
  readonly lane: RealtimeLane;
}

/** What came of putting another version in the place of one. */
export interface StationReload {
  from: string;
  to: string;
  /** The frame of the sound at which it was. */
  atFrame: number;
  /** How long no block could be processed; `undefined` where the new version was refused, and nothing stood still. */
  pauseMs: number | undefined;
  /** How long all of it took: while the new version got ready, the old one could have gone on. */
  durationMs: number;
  /** Why the new version was refused. */
  refused: { step: string; reason: string } | undefined;
}

/** What a station is made with. */
export interface StationOptions {
  title: string;
  latencyFrames: number;
  later: readonly LaterVersion[];
  start(version: { file: string; version: string }): Promise<StationVersion>;
}

/** A plugin of the chain, whichever version of it runs. */
export class Station implements ReloadSubject<StationVersion> {
  /** What the plugin calls itself. */
  readonly title: string;
  /** Frames that its output lags behind. */
  readonly latencyFrames: number;
  readonly later: readonly LaterVersion[];
  readonly calls = 'sync';
  readonly times = new BlockTimes();
  readonly reloads: StationReload[] = [];
  readonly #start: StationOptions['start'];
  #serving: StationVersion;

  constructor(first: StationVersion, { title, latencyFrames, later, start }: StationOptions) {
    this.#serving = first;
    this.title = title;
    this.latencyFrames = latencyFrames;
    this.later = later;
    this.#start = start;
  }

  get id(): string {
    return this.title;
  }

  get instance(): Instance {
    return this.#serving.instance;
  }

  /** Another one after each reload. */
  get lane(): RealtimeLane {
    return this.#serving.lane;
  }

  current(): StationVersion {
    return this.#serving;
  }

  swap(next: StationVersion): void {
    this.#serving = next;
  }

  /** Blocks go through the lane, which has no detours. */
  route(): void {}

  restart(version: StationVersion): Promise<StationVersion> {
    return this.#start(version);
  }

  /** Puts another version in the place of the one that runs, between two blocks. Where that fails, the old one goes on. */
  async reload({ file, version }: LaterVersion, atFrame: number): Promise<void> {
    const from = this.#serving.version;
    const reloader = new Reloader(this);
    const began = performance.now();
    const note = (result: Pick<StationReload, 'pauseMs' | 'refused'>): void => {
      this.reloads.push({ from, to: version, atFrame, durationMs: performance.now() - began, ...result });
    };
    try {
      // Calls of a lane are not seen, so there is nothing to confirm the new version by.
      const confirm = { calls: 0, ms: 0 };
      const { pauseMs } = await reloader.reload(() => this.#start({ file, version }), { confirm });
      note({ pauseMs, refused: undefined });
    } catch (error) {
      if (!PluginError.is(error) || error.code !== 'WP_RELOAD') throw error;
      const { step, cause } = error as ReloadError;
      const reason = cause instanceof Error ? cause.message : error.message;
      note({ pauseMs: undefined, refused: { step, reason } });
    } finally {
      await reloader.close();
    }
  }
}
