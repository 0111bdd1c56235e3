import { PluginError } from '@wasm-plugin/abi';
import type { Setting } from '@wasm-plugin/abi/config';
import type { JsExports } from '../link/index.js';
import type { Instance } from '../runtime/index.js';
import {
  Reloader,
  type ReloaderOptions,
  type ReloadOptions,
  type ReloadResult,
  type ReloadSubject,
  type SavedState,
} from '../reload/index.js';
import type { BlockGaps } from './block-gaps.js';
import type { LaneOptions } from './lane-options.js';
import { startVersion, type LaneEngine, type LanePlugin, type VersionWithLane } from './lane-version.js';
import { LastingLane } from './lasting-lane.js';
import { SwappableLane } from './swappable-lane.js';

/** A version of an audio plugin. */
export interface LaneVersion {
  /** The binary of the component. */
  readonly component: Uint8Array;
  /** Stands in saved states and in errors. */
  readonly version: string;
}

/** Options of a reloadable lane. */
export interface ReloadableLaneOptions
  extends
    LaneVersion,
    LaneOptions,
    Pick<ReloaderOptions, 'clock' | 'migrations' | 'store' | 'budget' | 'onEvent'> {
  /** The plugin's id, in saved states and in errors. @default 'plugin' */
  readonly name?: string;
  /** Settings for `lifecycle.init` of each version, if it exports that. @default none */
  readonly settings?: readonly Setting[];
}

/** Options of `ReloadableLane.reload`. */
export type LaneReloadOptions = LaneVersion & Pick<ReloadOptions, 'policy' | 'state'>;

/** The version that a lane is opened with, and the gaps in which others are started. */
interface FirstVersion {
  readonly first: VersionWithLane;
  readonly gaps: BlockGaps;
}

/**
 * A realtime lane whose plugin can be replaced while sound goes through it. To be closed.
 * @typeParam Own the type of the plugin's exports
 */
export class ReloadableLane<Own extends object = JsExports> extends LastingLane {
  /** The plugin's id, in saved states and in errors. */
  readonly id: string;
  readonly #engine: LaneEngine;
  readonly #options: ReloadableLaneOptions;
  readonly #reloader: Reloader<VersionWithLane>;
  readonly #gaps: BlockGaps;
  readonly #plugins = new Set<LanePlugin>();
  /** Number of versions that are being started: nothing is freed meanwhile. */
  #starting = 0;
  #current: VersionWithLane;
  #closing: Promise<void> | undefined;

  constructor(engine: LaneEngine, options: ReloadableLaneOptions, { first, gaps }: FirstVersion) {
    const { name = 'plugin', crossfade = 'linear', confirmBlocks = 64, onEvent } = options;
    const lane = new SwappableLane(first.lane, {
      onTrap: (error) => reloader.rollBackNow(error)?.lane,
      onConfirmed: () => reloader.confirm(),
    });
    super(lane, gaps);
    this.id = name;
    this.#engine = engine;
    this.#options = options;
    this.#current = first;
    this.#gaps = gaps;
    this.#plugins.add(first.plugin);
    const subject: ReloadSubject<VersionWithLane> = {
      id: name,
      calls: 'sync',
      current: () => this.#current,
      swap: (next) => {
        this.#current = next;
        lane.swap(next.lane, { crossfade, confirmBlocks });
      },
      // Blocks go through the lane, which has no detours.
      route: () => undefined,
      restart: ({ plugin, version }) => startVersion({ plugin, version, gaps }, options),
      nextTurn: () => gaps.next(),
    };
    const reloader = new Reloader(subject, {
      ...options,
      onEvent: (event) => {
        // The window closes with this event: the versions that it held can go.
        if (event.kind === 'confirmed' || event.kind === 'rolled-back') queueMicrotask(() => this.#tidy());
        onEvent?.(event);
      },
    });
    this.#reloader = reloader;
  }

  /** The version that sounds. */
  get version(): string {
    return this.#current.version;
  }

  /** The instance that sounds, for its other exports, e.g. parameters. Another one after each reload. */
  get instance(): Instance<Own> {
    return this.#current.instance as Instance<object> as Instance<Own>;
  }

  /** Returns whether the version before the last reload can still come back. */
  get isConfirming(): boolean {
    return this.#reloader.confirming;
  }

  /**
   * Replaces the plugin: the new version takes over the state and is heard from the next block on. Blocks can be processed
   * until the promise settles: each step that is longer begins in the turn after a block, in which there is most time. The
   * window in which the old version can come back is counted in blocks, and does not end without them.
   * @throws {ReloadError} WP_RELOAD, naming the step; the old version goes on
   * @throws {PluginError} WP_CLOSED
   */
  async reload({ component, version, ...options }: LaneReloadOptions): Promise<ReloadResult> {
    this.#refuseClosed();
    const confirm = { calls: Infinity, ms: Infinity };
    this.#starting++;
    try {
      return await this.#reloader.reload(() => this.#load({ component, version }), { ...options, confirm });
    } finally {
      this.#starting--;
      this.#tidy();
    }
  }

  /**
   * Brings the version back that sounded before the last reload, with the next block.
   * @throws {ReloadError} WP_RELOAD if it was confirmed, and is gone
   */
  rollBack(reason?: unknown): Promise<void> {
    return this.#reloader.rollBack(reason);
  }

  /** Saves the state, in memory and in the store. @throws {PluginError} why it cannot be saved */
  save(): Promise<SavedState | undefined> {
    return this.#reloader.save();
  }

  /** Ends the plugin, after the reloads that have begun; `process` throws from then on. */
  close(): Promise<void> {
    return (this.#closing ??= this.#end());
  }

  async #load({ component, version }: LaneVersion): Promise<VersionWithLane> {
    const plugin = await this.#engine.load(component, { name: this.id });
    this.#plugins.add(plugin);
    await this.#gaps.next();
    return await startVersion({ plugin, version, gaps: this.#gaps }, this.#options);
  }

  /** Frees versions that neither sound nor can come back. */
  #tidy(): void {
    if (this.#starting > 0) return;
    const kept = [this.#current.plugin, this.#reloader.rollbackPoint?.plugin];
    for (const plugin of this.#plugins) {
      if (kept.includes(plugin)) continue;
      this.#plugins.delete(plugin);
      plugin.close();
    }
  }

  #refuseClosed(): void {
    if (this.#closing === undefined) return;
    throw new PluginError('WP_CLOSED', `Cannot reload "${this.id}": its lane is closed`, { plugin: this.id });
  }

  async #end(): Promise<void> {
    await this.#reloader.close();
    for (const plugin of this.#plugins) plugin.close();
    this.#plugins.clear();
  }
}
