import { formatCapability, type Capability, type Limits } from '@wasm-plugin/abi';
import {
  createPluginHost,
  readPackage,
  type ManagedPlugin,
  type NodePluginHost,
  type PluginPackage,
  type WatchEvent,
} from '@wasm-plugin/engine/host';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import { directoryFiles, type PluginFiles } from '@wasm-plugin/abi/package';
import type { Stdio } from '@wasm-plugin/engine/sandbox';
import { createFileStore, type StateStore, type Watch } from '@wasm-plugin/engine/reload';
import { validateComponent, decodeComponent } from '@wasm-plugin/engine/component';
import { buildPackage, builderOf } from '../build/index.js';
import { isProgram, limitArguments, type Setting } from '../run/index.js';
import { callRepeatedly, type RepeatedCall } from './call-repeatedly.js';
import { configFrom } from './config-from.js';
import type { DevView } from './dev-view.js';
import { lineWriter } from './line-writer.js';
import { ProgramRuns } from './program-runs.js';

/** Time between two reports that a build still goes on. */
const STILL_MS = 10_000;

/** Options of `wasm-plugin dev`. */
export interface DevOptions {
  grants: readonly Capability[];
  settings: readonly Setting[];
  /** The arguments of a program. */
  words: readonly string[];
  limits: Limits;
  /** Folder of the state that outlives the command. */
  store: string | undefined;
  /** A function that is called again and again. */
  call: RepeatedCall | undefined;
}

/** Options of the watch of a folder. */
export interface DevWatchOptions {
  ignore: readonly string[] | undefined;
  pollMs: number | undefined;
}

/** One plugin under development: its running version and its replacement. */
export class DevSession {
  readonly #folder: string;
  readonly #options: DevOptions & { stop: AbortSignal };
  readonly #view: DevView;
  readonly #host: NodePluginHost;
  readonly #store: StateStore | undefined;
  readonly #programs: ProgramRuns;
  #plugin: ManagedPlugin | undefined;

  constructor(folder: string, options: DevOptions & { stop: AbortSignal }, view: DevView) {
    this.#folder = folder;
    this.#options = options;
    this.#view = view;
    this.#store = options.store === undefined ? undefined : createFileStore(options.store);
    this.#programs = new ProgramRuns(view);
    this.#host = createPluginHost({
      grants: options.grants.map(formatCapability),
      limits: options.limits,
      sandbox: { stdio: outputTo(view) },
      ...(this.#store !== undefined && { store: this.#store }),
    });
    const told = new Set<string>();
    this.#host.on('denied', ({ error }) => {
      // A guest may ask for the same a thousand times.
      if (told.size < MOST_TOLD && told.size !== told.add(error.message).size) view.denied(error);
    });
    this.#host.on('log', ({ level, message }) => view.log(level, message));
    this.#host.on('reload', (event) => view.reloadEvent(event));
  }

  /** Watches the sources. The result's `take` builds and starts the plugin. To be closed. */
  watch(manifest: Manifest, { ignore = [], pollMs }: DevWatchOptions): Promise<Watch> {
    const { id, entry } = manifest;
    const isBuilt = builderOf({ folder: this.#folder, manifest }) !== undefined;
    const output = entry === undefined ? [] : [`./${entry}`];
    return this.#host.watch(id, {
      path: this.#folder,
      // The output of a build is no source.
      ignore: [...(isBuilt ? output : []), ...ignore],
      keep: isBuilt ? [] : output,
      ...(pollMs !== undefined && { pollMs }),
      by: 'dev',
      build: () => this.#build(),
      start: (pkg) => this.#start(pkg),
      onEvent: (event) => this.#onWatch(event),
    });
  }

  /** Calls the function that was asked for, until the timer is cleared. */
  startCalling(): NodeJS.Timeout | undefined {
    const { call } = this.#options;
    return call && callRepeatedly(call, { plugin: () => this.#plugin, view: this.#view });
  }

  /** Saves the state if there is a store, and ends the plugin. */
  async close(): Promise<void> {
    try {
      if (this.#store !== undefined && this.#plugin?.state === 'ready') {
        const saved = await this.#host.save(this.#plugin.name);
        if (saved !== undefined) this.#view.saved(saved.payload.length, this.#options.store as string);
      }
    } catch (error) {
      this.#view.fail('save', error);
    }
    await this.#programs.close();
    await this.#host.close();
  }

  #onWatch(event: WatchEvent): void {
    switch (event.kind) {
      case 'built':
        return this.#view.built(event.durationMs);
      case 'failed':
        // A build that was told to stop has failed, too.
        if (event.what !== 'build' || !this.#options.stop.aborted) this.#view.fail(event.what, event.error);
        return;
      case 'unchanged':
        if (this.#plugin !== undefined) this.#view.unchanged(this.#plugin);
        return this.#view.usage();
      case 'reloaded':
        this.#view.reloaded(event);
        return this.#view.usage();
      case 'started':
        return this.#view.usage();
      case 'changed':
    }
  }

  /** Builds, and says that it does: a first build of a large crate takes minutes. */
  async #build(): Promise<PluginFiles> {
    const { stop } = this.#options;
    const began = performance.now();
    const { manifest } = await readPackage(directoryFiles(this.#folder));
    const how = builderOf({ folder: this.#folder, manifest })?.name;
    if (how !== undefined) this.#view.building(how);
    const still = setInterval(() => {
      if (how !== undefined) this.#view.building(how, performance.now() - began);
    }, STILL_MS);
    try {
      return (await buildPackage(this.#folder, { signal: stop, debug: true })).files;
    } finally {
      clearInterval(still);
    }
  }

  /** Runs a program, or loads a plugin, with the state that is stored. */
  async #start(pkg: PluginPackage): Promise<void> {
    if (await isProgramPackage(pkg)) await this.#runProgram(pkg);
    else this.#plugin = await this.#load(pkg);
  }

  async #runProgram({ manifest, files }: PluginPackage): Promise<void> {
    const { grants, settings, limits, words } = this.#options;
    const options = [
      ...grants.flatMap((grant) => ['--grant', formatCapability(grant)]),
      ...settings.flatMap(({ key, value }) => ['--config', `${key}=${value}`]),
      ...limitArguments(limits),
    ];
    const bytes = await files.read(manifest.entry as string);
    await this.#programs.restart(bytes, { id: manifest.id, options, words });
  }

  async #load(pkg: PluginPackage): Promise<ManagedPlugin> {
    const { id } = pkg.manifest;
    const plugin = await this.#host.add(pkg.files);
    try {
      await this.#host.load(id, { config: configFrom(this.#options.settings, pkg.manifest) });
      const stored = await this.#store?.load(id);
      if (stored?.state !== undefined) await this.#host.reload(id, pkg, { state: stored.state, by: 'dev' });
    } catch (error) {
      await this.#host.remove(id);
      throw error;
    }
    this.#view.ready(plugin);
    return plugin;
  }
}

/** As many refusals are told. */
const MOST_TOLD = 64;

/** Shows the output of a plugin that has `stdio`. */
function outputTo(view: DevView): Stdio {
  const write = (stream: 'stdout' | 'stderr') => {
    const decoder = new TextDecoder();
    const lines = lineWriter((line) => view.output(stream, line));
    return (bytes: Uint8Array) => lines.take(decoder.decode(bytes, { stream: true }));
  };
  return { stdout: write('stdout'), stderr: write('stderr') };
}

async function isProgramPackage({ manifest, files }: PluginPackage): Promise<boolean> {
  if (manifest.carrier !== 'wasm' || manifest.entry === undefined) return false;
  try {
    return isProgram(validateComponent(decodeComponent(await files.read(manifest.entry))));
  } catch {
    // The load reports the fault.
    return false;
  }
}
