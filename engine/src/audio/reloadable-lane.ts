import { PluginError } from '@wasm-plugin/abi';
import type { Setting } from '@wasm-plugin/abi/config';
import { openLane, type LaneSetup, type RealtimeLane } from './realtime-lane.js';
import type { JsExports } from '../link/index.js';
import type { Instance } from '../runtime/index.js';
import {
  findInterface,
  Reloader,
  type ReloaderOptions,
  type ReloadOptions,
  type ReloadResult,
  type ReloadSubject,
  type RunningVersion,
  type SavedState,
} from '../reload/index.js';
import { BlockGaps } from './block-gaps.js';
import { SwappableLane, type Crossfade } from './swappable-lane.js';

/** The part of an engine that a reloadable lane needs. */
export interface LaneEngine {
  load(component: Uint8Array, options: { name: string }): Promise<LanePlugin>;
}

/** A component that was loaded. */
export interface LanePlugin {
  instantiate(): Instance;
  close(): void;
}

/** A version of an audio plugin. */
export interface LaneVersion {
  /** The binary of the component. */
  readonly component: Uint8Array;
  /** Stands in saved states and in errors. */
  readonly version: string;
}

/** Options of a reloadable lane. */
export interface ReloadableLaneOptions
  extends LaneVersion, Pick<ReloaderOptions, 'clock' | 'migrations' | 'store' | 'budget' | 'onEvent'> {
  readonly setup: LaneSetup;
  /** The plugin's id, in saved states and in errors. @default 'plugin' */
  readonly name?: string;
  /** Settings for `lifecycle.init` of each version, if it exports that. @default none */
  readonly settings?: readonly Setting[];
  /** Crossfade from the old version to the new one. @default 'linear' */
  readonly crossfade?: Crossfade;
  /**
   * Number of blocks after a reload for which the old version continues unheard, so that it can come back in the block in which
   * the new one traps. These blocks cost as much as both versions. At least 1.
   * @default 64
   */
  readonly confirmBlocks?: number;
}

/** Options of `ReloadableLane.reload`. */
export type LaneReloadOptions = LaneVersion & Pick<ReloadOptions, 'policy' | 'state'>;

interface Running extends RunningVersion {
  readonly instance: Instance;
  readonly lane: RealtimeLane;
  readonly plugin: LanePlugin;
}

/** The version that a lane is opened with, and the gaps in which others are started. */
interface FirstVersion {
  readonly first: Running;
  readonly gaps: BlockGaps;
}

/**
 * A realtime lane whose plugin can be replaced while sound goes through it. To be closed.
 * @typeParam Own the type of the plugin's exports
 */
export class ReloadableLane<Own extends object = JsExports> {
  /** The plugin's id, in saved states and in errors. */
  readonly id: string;
  readonly #engine: LaneEngine;
  readonly #options: ReloadableLaneOptions;
  readonly #reloader: Reloader<Running>;
  readonly #lane: SwappableLane;
  readonly #gaps: BlockGaps;
  readonly #plugins = new Set<LanePlugin>();
  /** Number of versions that are being started: nothing is freed meanwhile. */
  #starting = 0;
  #current: Running;
  #closing: Promise<void> | undefined;

  constructor(engine: LaneEngine, options: ReloadableLaneOptions, { first, gaps }: FirstVersion) {
    const { name = 'plugin', crossfade = 'linear', confirmBlocks = 64, onEvent } = options;
    this.id = name;
    this.#engine = engine;
    this.#options = options;
    this.#current = first;
    this.#gaps = gaps;
    this.#plugins.add(first.plugin);
    const subject: ReloadSubject<Running> = {
      id: name,
      calls: 'sync',
      current: () => this.#current,
      swap: (next) => {
        this.#current = next;
        this.#lane.swap(next.lane, { crossfade, confirmBlocks });
      },
      // Blocks go through the lane, which has no detours.
      route: () => undefined,
      restart: ({ plugin, version }) => start({ plugin, version, gaps }, options),
      nextTurn: () => gaps.next(),
    };
    this.#reloader = new Reloader(subject, {
      ...options,
      onEvent: (event) => {
        // The window closes with this event: the versions that it held can go.
        if (event.kind === 'confirmed' || event.kind === 'rolled-back') queueMicrotask(() => this.#tidy());
        onEvent?.(event);
      },
    });
    this.#lane = new SwappableLane(first.lane, {
      onTrap: (error) => this.#reloader.rollBackNow(error)?.lane,
      onConfirmed: () => this.#reloader.confirm(),
    });
  }

  /** The version that sounds. */
  get version(): string {
    return this.#current.version;
  }

  /** The instance that sounds, for its other exports, e.g. parameters. Another one after each reload. */
  get instance(): Instance<Own> {
    return this.#current.instance as Instance<object> as Instance<Own>;
  }

  get maxFrames(): number {
    return this.#lane.maxFrames;
  }

  /** Buffers to write. Realtime: yes. Take them anew for each block. */
  get inputs(): RealtimeLane['inputs'] {
    return this.#lane.inputs;
  }

  /** Buffers to read after `process`. Realtime: yes. Take them anew for each block. */
  get outputs(): RealtimeLane['outputs'] {
    return this.#lane.outputs;
  }

  /** Returns whether the version before the last reload can still come back. */
  get isConfirming(): boolean {
    return this.#reloader.confirming;
  }

  /**
   * Processes one block. If a new version traps before it is confirmed, the old one processes the block.
   *
   * Realtime: yes; at the cost of both versions until a new one is confirmed.
   * @param frames - 1 to `maxFrames`
   * @throws {RangeError} `frames` is greater than `maxFrames`
   * @throws {TrapError} WP_TRAP, WP_CLOSED if there is no version to go on with
   */
  process(frames: number): void {
    this.#lane.process(frames);
    this.#gaps.blockEnded();
  }

  /**
   * Replaces the plugin: the new version takes over the state and is heard from the next block on. Blocks can be processed
   * until the promise settles: each step that is longer begins in the turn after a block, in which there is most time. The window in which the old version can come
   * back is counted in blocks, and does not end without them.
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

  async #load({ component, version }: LaneVersion): Promise<Running> {
    const plugin = await this.#engine.load(component, { name: this.id });
    this.#plugins.add(plugin);
    await this.#gaps.next();
    return await start({ plugin, version, gaps: this.#gaps }, this.#options);
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

/**
 * Loads an audio plugin and opens a realtime lane of it, which stays while the plugin is reloaded. To be closed.
 * @param engine what `createEngine` returns; it stays the caller's to close
 * @throws {RangeError} the setup or `confirmBlocks` is out of range
 * @throws {AbiError} WP_EXPORT_MISSING the plugin has no realtime lane
 * @throws {PluginError} why the component cannot be loaded, started or prepared, as `Engine.load`, `instantiate` and `openLane`
 * @example
 * const lane = await openReloadableLane(engine, { component, version: '1.0.0', setup });
 * lane.process(128);
 * await lane.reload({ component: next, version: '1.1.0' });
 */
export async function openReloadableLane<Own extends object = JsExports>(
  engine: LaneEngine,
  options: ReloadableLaneOptions,
): Promise<ReloadableLane<Own>> {
  const { component, version, name = 'plugin', confirmBlocks = 64 } = options;
  if (!(Number.isInteger(confirmBlocks) && confirmBlocks >= 1)) {
    const wanted = 'a whole number from 1';
    throw new RangeError(
      `Cannot open a reloadable lane: "confirmBlocks" must be ${wanted}, it is ${confirmBlocks}`,
    );
  }
  const plugin = await engine.load(component, { name });
  try {
    const gaps = new BlockGaps();
    const first = await start({ plugin, version, gaps }, options);
    return new ReloadableLane<Own>(engine, options, { first, gaps });
  } catch (error) {
    plugin.close();
    throw error;
  }
}

/** Starts an instance, each step in a gap of its own. Before a state comes, so that it brings the past too. */
async function start(
  { plugin, version, gaps }: { plugin: LanePlugin; version: string; gaps: BlockGaps },
  { setup, settings = [] }: ReloadableLaneOptions,
): Promise<Running> {
  const instance = plugin.instantiate();
  try {
    await gaps.next();
    findInterface(instance.exports, 'wasm-plugin:abi/lifecycle')?.['init']?.(settings);
    await gaps.next();
    const lane = openLane(instance, setup);
    await gaps.next();
    return { plugin, instance, version, lane };
  } catch (error) {
    instance.close();
    throw error;
  }
}
