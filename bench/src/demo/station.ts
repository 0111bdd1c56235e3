import { PluginError, type ReloadError } from '@wasm-plugin/abi';
import type { AudioPlugin } from './audio-plugin.js';
import type { Instance, RealtimeLane } from '@wasm-plugin/engine';
import {
  Reloader,
  SwappableLane,
  type ReloadSubject,
  type RunningVersion,
} from '@wasm-plugin/engine/internals';
import { monotonicClock } from '../harness/index.js';
import { BlockTimes } from './block-times.js';
import type { LaterVersion } from './plugins.js';

/** A version of a plugin that is ready for sound. */
export interface StationVersion extends RunningVersion {
  readonly file: string;
  readonly instance: Instance<AudioPlugin>;
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
  refused?: { step: string; reason: string };
  /** Why, and in the block at which frame, the old version came back; how long that block waited for it. */
  rolledBack?: { reason: string; atFrame: number; pauseMs: number };
}

/** What a station is made with. */
export interface StationOptions {
  title: string;
  latencyFrames: number;
  later: readonly LaterVersion[];
  start(version: { file: string; version: string }): Promise<StationVersion>;
}

/** For how many blocks a new version is on trial: 171 ms at 48 kHz. */
const CONFIRM_BLOCKS = 64;

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
  readonly #lane: SwappableLane;
  readonly #reloader: Reloader<StationVersion>;
  #serving: StationVersion;
  #frame = 0;

  constructor(first: StationVersion, { title, latencyFrames, later, start }: StationOptions) {
    this.#serving = first;
    this.title = title;
    this.latencyFrames = latencyFrames;
    this.later = later;
    this.#start = start;
    this.#reloader = new Reloader(this);
    this.#lane = new SwappableLane(first.lane, {
      onTrap: (error) => this.#rollBack(error),
      onConfirmed: () => this.#reloader.confirm(),
    });
  }

  get id(): string {
    return this.title;
  }

  get instance(): Instance<AudioPlugin> {
    return this.#serving.instance;
  }

  /** Buffers for the next block. */
  get inputs(): RealtimeLane['inputs'] {
    return this.#lane.inputs;
  }

  current(): StationVersion {
    return this.#serving;
  }

  swap(next: StationVersion): void {
    this.#serving = next;
    this.#lane.swap(next.lane, { confirmBlocks: CONFIRM_BLOCKS });
  }

  /** Blocks go through the lane, which has no detours. */
  route(): void {}

  restart(version: StationVersion): Promise<StationVersion> {
    return this.#start(version);
  }

  /** Processes a block of what is in the inputs, and gives what comes out. */
  process(frames: number): readonly Float32Array[] {
    const start = monotonicClock();
    this.#lane.process(frames);
    this.times.add(monotonicClock() - start);
    this.#frame += frames;
    return this.#lane.outputs;
  }

  /** Puts another version in the place of the one that runs, between two blocks. Where that fails, the old one goes on. */
  async reload({ file, version }: LaterVersion): Promise<void> {
    const from = this.#serving.version;
    const began = performance.now();
    const note = (result: Pick<StationReload, 'pauseMs' | 'refused'>): void => {
      const durationMs = performance.now() - began;
      this.reloads.push({ from, to: version, atFrame: this.#frame, durationMs, ...result });
    };
    try {
      // Calls of a lane are not seen: the lane counts its blocks, and says when the new version is confirmed.
      const confirm = { calls: Infinity, ms: Infinity };
      const { pauseMs } = await this.#reloader.reload(() => this.#start({ file, version }), { confirm });
      note({ pauseMs });
    } catch (error) {
      if (!PluginError.is(error) || error.code !== 'WP_RELOAD') throw error;
      const { step, cause } = error as ReloadError;
      const reason = cause instanceof Error ? cause.message : error.message;
      note({ pauseMs: undefined, refused: { step, reason } });
    }
  }

  /** Brings the version before back, which has heard every block meanwhile, to process the one in which this one ended. */
  #rollBack(error: unknown): RealtimeLane | undefined {
    const start = monotonicClock();
    const old = this.#reloader.rollBackNow(error);
    const reload = this.reloads.at(-1);
    if (old === undefined || reload === undefined) return undefined;
    const reason = (error instanceof Error ? error.message : String(error)).replace(/^Cannot .*?: /, '');
    reload.rolledBack = { reason, atFrame: this.#frame, pauseMs: (monotonicClock() - start) / 1e6 };
    return old.lane;
  }
}
