import { PluginError, type AudioEffect, type ReloadError } from '@wasm-plugin/abi';
import type { ReloadEvent } from '@wasm-plugin/engine/reload';
import { monotonicClock } from '../harness/index.js';
import { BlockTimes } from './block-times.js';
import type { LaterVersion } from './plugins.js';

/** Result of a replacement of one version by another. */
export interface StationReload {
  from: string;
  to: string;
  /** The frame of the sound at which it was. */
  atFrame: number;
  /** Time in which no block could be processed; `undefined` if the new version was refused, so that nothing paused. */
  pauseMs: number | undefined;
  /** Time of the whole replacement; the old version could have processed blocks for most of it. */
  durationMs: number;
  /** Reason for which the new version was refused. */
  refused?: { step: string; reason: string };
  /**
   * Rollback to the old version: its reason, the first frame of the block in which it happened, and its time since the start of
   * that block.
   */
  rolledBack?: { reason: string; atFrame: number; pauseMs: number };
}

type Buffers = readonly Float32Array<ArrayBuffer>[];

/** A lane of a station, under any carrier. */
export interface StationLane {
  readonly version: string;
  readonly instance: {
    readonly exports: AudioEffect;
    usage(): { readonly memoryBytes?: number | undefined };
  };
  readonly inputs: Buffers;
  readonly outputs: Buffers;
  process(frames: number): void;
  reload(next: { component: Uint8Array; version: string }): Promise<{ pauseMs: number }>;
  /** Ends the lane. Absent if the chain ends it. */
  close?(): unknown;
}

/** Options of a station. */
export interface StationOptions {
  title: string;
  later: readonly LaterVersion[];
  openLane(onEvent: (event: ReloadEvent) => void): Promise<StationLane>;
  read(file: string): Uint8Array;
}

/** A plugin of the chain, whichever version of it runs. */
export class Station {
  /** The plugin's own name for itself. */
  readonly title: string;
  readonly later: readonly LaterVersion[];
  readonly times = new BlockTimes();
  readonly reloads: StationReload[] = [];
  readonly #read: StationOptions['read'];
  readonly #lane: StationLane;
  /** Frames that its output lags behind. */
  readonly latencyFrames: number;
  #frame = 0;
  #blockBegan = 0;

  static async open(options: StationOptions): Promise<Station> {
    let station: Station | undefined;
    const lane = await options.openLane((event) => {
      if (event.kind === 'rolled-back' && station !== undefined) station.#noteRollback(event.reason);
    });
    return (station = new Station(lane, options));
  }

  constructor(lane: StationLane, { title, later, read }: StationOptions) {
    this.#lane = lane;
    this.title = title;
    this.latencyFrames = lane.instance.exports.processor.describe().latencyFrames;
    this.later = later;
    this.#read = read;
  }

  /** The instance that sounds. */
  get instance(): StationLane['instance'] {
    return this.#lane.instance;
  }

  /** Buffers for the next block. */
  get inputs(): Buffers {
    return this.#lane.inputs;
  }

  /** Processes a block of the inputs, and returns the outputs. */
  process(frames: number): readonly Float32Array[] {
    this.#blockBegan = monotonicClock();
    this.#lane.process(frames);
    this.times.add(monotonicClock() - this.#blockBegan);
    this.#frame += frames;
    return this.#lane.outputs;
  }

  /** Closes the parts that the chain does not close. */
  async close(): Promise<void> {
    await this.#lane.close?.();
  }

  /** Puts another version in the place of the one that runs, between two blocks. If that fails, the old one goes on. */
  async reload({ file, version }: LaterVersion): Promise<void> {
    const from = this.#lane.version;
    const began = performance.now();
    const note = (result: Pick<StationReload, 'pauseMs' | 'refused'>): void => {
      const durationMs = performance.now() - began;
      this.reloads.push({ from, to: version, atFrame: this.#frame, durationMs, ...result });
    };
    try {
      const { pauseMs } = await this.#lane.reload({ component: this.#read(file), version });
      note({ pauseMs });
    } catch (error) {
      if (!PluginError.is(error) || error.code !== 'WP_RELOAD') throw error;
      const { step, cause } = error as ReloadError;
      const reason = cause instanceof Error ? cause.message : error.message;
      note({ pauseMs: undefined, refused: { step, reason } });
    }
  }

  /** The version before is back, which has heard every block meanwhile, to process the one in which this one ended. */
  #noteRollback(error: unknown): void {
    const reload = this.reloads.at(-1);
    if (reload === undefined) return;
    const reason = PluginError.is(error) ? error.reason : String(error);
    const pauseMs = (monotonicClock() - this.#blockBegan) / 1e6;
    reload.rolledBack = { reason, atFrame: this.#frame, pauseMs };
  }
}
