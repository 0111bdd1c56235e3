import { isDeepStrictEqual } from 'node:util';
import type { Limits } from '@wasm-plugin/abi';
import type { ConfigValues } from '@wasm-plugin/abi/config';
import {
  createPluginHost,
  PluginReloads,
  type ManagedPlugin,
  type NodePluginHost,
  type PluginPackage,
} from '@wasm-plugin/engine/host';
import { createFileStore, type StateStore } from '@wasm-plugin/engine/reload';
import { buildPackage } from '../build/index.js';
import { callRepeatedly, type RepeatedCall } from './call-repeatedly.js';
import type { DevView } from './dev-view.js';

/** What `wasm-plugin dev` was asked for. */
export interface DevOptions {
  grants: readonly string[];
  config: ConfigValues;
  limits: Limits;
  /** Where the state is kept beyond the end. */
  store: string | undefined;
  /** A function that is called again and again. */
  call: RepeatedCall | undefined;
}

/** One plugin under development: what runs of it, and how it is replaced. */
export class DevSession {
  readonly #folder: string;
  readonly #options: DevOptions;
  readonly #view: DevView;
  readonly #host: NodePluginHost;
  readonly #reloads: PluginReloads;
  readonly #store: StateStore | undefined;
  #plugin: ManagedPlugin | undefined;

  constructor(folder: string, options: DevOptions, view: DevView) {
    this.#folder = folder;
    this.#options = options;
    this.#view = view;
    this.#store = options.store === undefined ? undefined : createFileStore(options.store);
    this.#host = createPluginHost({ grants: options.grants, limits: options.limits });
    this.#host.on('log', ({ level, message }) => view.log(level, message));
    this.#reloads = new PluginReloads(this.#host, {
      ...(this.#store !== undefined && { store: this.#store }),
      onEvent: (event) => view.reloadEvent(event),
    });
  }

  /**
   * Builds the plugin, and runs it or puts it in place of what runs. What fails is shown. One at a time.
   * @returns `false` where what was built is what runs
   */
  async take(): Promise<boolean> {
    const began = performance.now();
    let pkg: PluginPackage;
    try {
      pkg = await buildPackage(this.#folder);
      this.#view.built(performance.now() - began);
    } catch (error) {
      this.#view.fail('build', error);
      return true;
    }
    let isChanged = true;
    try {
      if (this.#plugin === undefined) this.#plugin = await this.#load(pkg);
      else isChanged = await this.#reload(this.#plugin, pkg, began);
      this.#view.usage();
    } catch (error) {
      this.#view.fail(this.#plugin === undefined ? 'start' : 'reload', error);
    }
    return isChanged;
  }

  /** Calls the function that was asked for, until the timer is cleared. */
  startCalling(): NodeJS.Timeout | undefined {
    const { call } = this.#options;
    return call && callRepeatedly(call, { plugin: () => this.#plugin, view: this.#view });
  }

  /** Saves the state where there is a store, and ends the plugin. */
  async close(): Promise<void> {
    try {
      if (this.#store !== undefined && this.#plugin?.state === 'ready') {
        const saved = await this.#reloads.save(this.#plugin.name);
        if (saved !== undefined) this.#view.saved(saved.payload.length, this.#options.store as string);
      }
    } catch (error) {
      this.#view.fail('save', error);
    }
    await this.#reloads.close();
    await this.#host.close();
  }

  async #load(pkg: PluginPackage): Promise<ManagedPlugin> {
    const { id } = pkg.manifest;
    const plugin = await this.#host.add(pkg.files);
    try {
      await this.#host.load(id, { config: this.#options.config });
      const stored = await this.#store?.load(id);
      if (stored?.state !== undefined)
        await this.#reloads.reload(id, pkg, { state: stored.state, by: 'dev' });
    } catch (error) {
      await this.#host.remove(id);
      throw error;
    }
    this.#view.ready(plugin);
    return plugin;
  }

  async #reload(plugin: ManagedPlugin, pkg: PluginPackage, began: number): Promise<boolean> {
    const { state } = plugin;
    if (state === 'ready' && (await isSame(plugin.package, pkg))) {
      this.#view.unchanged(plugin);
      return false;
    }
    // What is dead cannot save: the last good state is the best there is.
    const policy = state === 'dead' ? { policy: 'last-good' as const } : {};
    const result = await this.#reloads.reload(plugin.name, pkg, { by: 'dev', ...policy });
    this.#view.reloaded({ ...result, durationMs: performance.now() - began });
    return true;
  }
}

/** Whether two packages run as one: a build may write files, as cargo does its lock file, or come to what was there. */
async function isSame(one: PluginPackage, other: PluginPackage): Promise<boolean> {
  const { carrier, entry } = one.manifest;
  if (carrier !== 'wasm' || entry === undefined) return false;
  if (!isDeepStrictEqual(one.manifest, other.manifest)) return false;
  const [before, after] = await Promise.all([one.files.read(entry), other.files.read(entry)]);
  return Buffer.compare(before, after) === 0;
}
